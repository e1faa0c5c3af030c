import type { Diagnosis } from "../../../../ports/diagnosis.ts";
import { checkName } from "../check.ts";
import type { BranchFacts, ForgeFacts } from "./forge-facts.ts";

/** A model whose spec can be read, and who merges its proposals. */
export interface MergingModel {
  readonly model: string;
  readonly merge: "review" | "auto";
}

/** What in the repository the settings matter to. */
export interface Guarded {
  readonly baseBranch: string;
  readonly models: readonly MergingModel[];
  /** Whether a workflow that starts refit listens to merge queues. */
  readonly answersQueue: boolean;
}

/** Settings of the forge that will cause trouble. All that the token cannot read is one finding. */
export function diagnoseSettings(facts: ForgeFacts, { baseBranch, models, answersQueue }: Guarded): Diagnosis[] {
  const rules = `${facts.settingsUrl}/rules`;
  return [
    ...diagnoseActions(facts),
    ...diagnoseBase(facts.base, baseBranch, rules),
    ...diagnoseChecks(facts.base.checks, models, baseBranch, rules),
    ...(answersQueue ? [] : diagnoseQueue(facts.base, models, baseBranch)),
    ...models.flatMap((model) => diagnoseMerge(facts, model)),
    ...[...facts.obstructed].map(([branch, words]) => ({
      severity: "warning" as const,
      what: `Rules (${words.join(", ")}) apply to refit's own branch ${branch}, and may refuse its pushes.`,
      fix: `At ${rules} exclude \`refit-ledger\`, \`refit--*\`, \`refit-group--*\`, \`refit-rollback--*\`, \`refit-import--*\`, \`refit-canary--*\` and \`refit-policy--*\`, or let the account that pushes bypass the rules.`,
    })),
    ...unseen(facts.unseen),
  ];
}

function diagnoseActions({ mayOpenPulls, settingsUrl, disabled }: ForgeFacts): Diagnosis[] {
  const setting = `"Allow GitHub Actions to create and approve pull requests" at ${settingsUrl}/actions`;
  const found: Diagnosis[] = [];
  if (mayOpenPulls === false) {
    found.push({
      severity: "error",
      what: "GitHub Actions is not allowed to open pull requests, so proposals stay branches.",
      fix: `Turn on ${setting}, or use a GitHub App's token.`,
    });
  }
  if (mayOpenPulls === null) {
    found.push({
      severity: "warning",
      what: "This token cannot read whether GitHub Actions may open pull requests, and none was opened yet.",
      fix: `Check by hand that ${setting} is on. It is off in every new repository.`,
    });
  }
  for (const [path, state] of disabled) {
    found.push({
      severity: "error",
      what: `${path} is turned off (${state}): nothing starts it, neither its schedule nor an event.`,
      fix: `Turn it on again: Actions → the workflow → Enable workflow, or \`gh workflow enable ${path.split("/").at(-1)}\`.`,
    });
  }
  return found;
}

function diagnoseBase(base: BranchFacts, baseBranch: string, rules: string): Diagnosis[] {
  const ruleset = `In a ruleset for ${baseBranch} at ${rules}`;
  const wanted: readonly (readonly [held: boolean | null, what: string, fix: string])[] = [
    [
      base.pullRequest,
      `${baseBranch} accepts pushes without a pull request, so a model can go live without a review.`,
      `${ruleset}, turn on "Require a pull request before merging".`,
    ],
    [
      // Only where pull requests are required at all.
      base.pullRequest === false ? null : base.codeOwnerReview,
      `${baseBranch} does not require a review by code owners.`,
      `${ruleset}, turn on "Require review from Code Owners".`,
    ],
    [
      base.pullRequest === false ? null : base.dismissesStale,
      "An approval stays valid after a later push, which may bring another model.",
      `${ruleset}, turn on "Dismiss stale pull request approvals when new commits are pushed".`,
    ],
    [
      base.refusesForce,
      `${baseBranch} accepts forced pushes, which can rewrite the history that refit reads versions from.`,
      `${ruleset}, turn on "Block force pushes".`,
    ],
  ];
  return wanted.flatMap(([held, what, fix]) => (held === false ? [{ severity: "warning" as const, what, fix }] : []));
}

/** More names say no more. */
const mostNamed = 5;

/** One check answers for all models. Requiring those of single models instead protects only these. */
function diagnoseChecks(
  required: BranchFacts["checks"],
  models: readonly MergingModel[],
  baseBranch: string,
  rules: string,
): Diagnosis[] {
  const forAll = checkName(null);
  if (required === null || required.includes(forAll)) return [];
  const open = models.filter(({ model }) => !required.includes(checkName(model)));
  if (open.length === 0) return [];
  const automatic = open.filter(({ merge }) => merge === "auto");
  const waits = automatic.length > 0 ? ` \`merge: auto\` of ${namesOf(automatic)} never merges without it.` : "";
  return [
    {
      severity: "warning",
      what: `The check "${forAll}" is not required on ${baseBranch}, so a version of ${namesOf(open)} that failed it can be merged.${waits}`,
      fix: `In a ruleset for ${baseBranch} at ${rules}, require the status check "${forAll}", with GitHub Actions as its source. It answers for every model, on every pull request.`,
    },
  ];
}

function namesOf(models: readonly MergingModel[]): string {
  const names = models.slice(0, mostNamed).map(({ model }) => model);
  const more = models.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function diagnoseQueue(
  { mergeQueue, checks }: BranchFacts,
  models: readonly MergingModel[],
  baseBranch: string,
): Diagnosis[] {
  const waited = [null, ...models.map(({ model }) => model)].map(checkName).find((name) => checks?.includes(name));
  if (mergeQueue !== true || waited === undefined) return [];
  return [
    {
      severity: "error",
      what: `${baseBranch} has a merge queue that waits for the check "${waited}", and no workflow answers there: nothing is merged.`,
      fix: "Add `merge_group:` below `on:` of the workflow that verifies pull requests, and let its job run `verify` then.",
    },
  ];
}

function diagnoseMerge({ autoMerge, settingsUrl }: ForgeFacts, { model, merge }: MergingModel): Diagnosis[] {
  if (merge !== "auto" || autoMerge !== false) return [];
  return [
    {
      severity: "warning",
      what: `${model}: \`merge: auto\` never merges, because the repository does not allow auto-merge.`,
      fix: `Turn on "Allow auto-merge" at ${settingsUrl}, or remove \`merge: auto\` from model.yaml.`,
    },
  ];
}

function unseen(what: readonly string[]): Diagnosis[] {
  if (what.length === 0) return [];
  return [
    {
      severity: "warning",
      what: `This token cannot read everything: ${what.join("; ")}.`,
      fix: "Run doctor with a token that can, or check by hand.",
    },
  ];
}
