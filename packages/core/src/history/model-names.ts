import { ModelNameError } from "../errors/run-errors.ts";
import { nameProblem } from "../spec/names.ts";

/** Where a model's live version stands in the tree. */
export const championFolder = (model: string) => `models/${model}/champion`;

/** The branch of the open proposal, one per model; nested folders join with `--`. */
export const proposalBranch = (model: string) => `refit--${flatName(model)}`;

export const rollbackBranch = (model: string) => `refit-rollback--${flatName(model)}`;

/**
 * A nested model's name as one word for refs and file names. Every name passes here on its way into one of them.
 *
 * @throws ModelNameError
 */
export function flatName(model: string): string {
  checkModelName(model);
  return model.replaceAll("/", "--");
}

/** `refit--eu--churn` and `refit-rollback--eu--churn` -> `eu/churn`. */
export const modelOf = (branch: string) => branch.replace(/^refit(-rollback)?--/, "").replaceAll("--", "/");

export const championFolderOf = (branch: string) => championFolder(modelOf(branch));

/** @throws ModelNameError */
export function checkModelName(model: string): void {
  if (nameProblem(model) !== null) throw new ModelNameError(model);
}
