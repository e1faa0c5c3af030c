import { ModelNameError } from "../errors/run-errors.ts";
import { globOfModel, modelFolder, type WithLayout } from "../spec/layout.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { nameProblem } from "../spec/names.ts";

/** Where a model's live version stands in the tree. */
export const championFolder = (model: string, at: WithLayout) => `${modelFolder(model, at)}/champion`;

/** Where the version stands that answers a part of the requests, as a folder like the champion's. */
export const canaryFolder = (model: string, at: WithLayout) => `${modelFolder(model, at)}/canary`;

/** What says which part that is. */
export const rolloutPath = (model: string, at: WithLayout) => `${modelFolder(model, at)}/rollout.yaml`;

/**
 * The versions of a model for `.gitattributes`: all models of one glob of `refit.yaml` share a line. Where git would not take the glob as
 * refit does, each has its own.
 */
export function outputPattern(model: string, at: WithLayout, folder: "champion" | "canary" = "champion"): string {
  const glob = globOfModel(model, at);
  return `${glob !== null && /^[\w./*?-]+$/.test(glob) ? glob : modelFolder(model, at)}/${folder}`;
}

/** The branch of the open proposal, one per model; nested folders join with `--`. */
export const proposalBranch = (model: string) => `refit--${flatName(model)}`;

/** The same, as the spec has it: models of a group share one. */
export const proposalBranchOf = (model: string, { proposalGroup }: Pick<ModelSpec, "proposalGroup">) =>
  proposalGroup === undefined ? proposalBranch(model) : groupBranch(proposalGroup);

export const rollbackBranch = (model: string) => `refit-rollback--${flatName(model)}`;

/** The branch that proposes a model which is in use as the first version. */
export const importBranch = (model: string) => `refit-import--${flatName(model)}`;

/** The branch that proposes the next step of a canary, its promotion or its stop. */
export const canaryBranch = (model: string) => `refit-canary--${flatName(model)}`;

/** The branch that proposes another policy in the model's `model.yaml`. */
export const policyBranch = (model: string) => `refit-policy--${flatName(model)}`;

/**
 * The branch of the open proposal of a group of models. No model has a branch of this name: those of models begin with `refit--`, or
 * with another word than `group`.
 */
export const groupBranch = (group: string) => `${groupPrefix}${flatName(group)}`;

const groupPrefix = "refit-group--";

/** The group of a branch; `null`: it is that of a single model. */
export const groupOfBranch = (branch: string) =>
  branch.startsWith(groupPrefix) ? branch.slice(groupPrefix.length) : null;

/**
 * A nested model's name as one word for refs and file names. Every name passes here on its way into one of them.
 *
 * @throws ModelNameError
 */
export function flatName(model: string): string {
  checkModelName(model);
  return model.replaceAll("/", "--");
}

/** `refit--eu--churn`, `refit-rollback--eu--churn`, `refit-import--eu--churn`, `refit-canary--eu--churn` and `refit-policy--eu--churn` -> `eu/churn`. */
export const modelOf = (branch: string) =>
  branch.replace(/^refit(-rollback|-import|-canary|-policy)?--/, "").replaceAll("--", "/");

/** The branch where refit keeps its records. */
export const ledgerBranch = "refit-ledger";

export const isPolicyBranch = (branch: string) => branch.startsWith("refit-policy--");

export const isCanaryBranch = (branch: string) => branch.startsWith("refit-canary--");

/** The spec of a model, which people write. */
export const specPath = (model: string, at: WithLayout) => `${modelFolder(model, at)}/model.yaml`;

/**
 * What a branch of ours may change, each by itself: the live version or a canary, the share of a canary, or the spec.
 */
export function pathsOfBranch(branch: string, at: WithLayout): readonly [string, ...string[]] {
  const model = modelOf(branch);
  if (isPolicyBranch(branch)) return [specPath(model, at)];
  if (isCanaryBranch(branch)) return [rolloutPath(model, at)];
  const champion = championFolder(model, at);
  return branch.startsWith("refit--") ? [champion, canaryFolder(model, at)] : [champion];
}

/** @throws ModelNameError */
export function checkModelName(model: string): void {
  if (nameProblem(model) !== null) throw new ModelNameError(model);
}
