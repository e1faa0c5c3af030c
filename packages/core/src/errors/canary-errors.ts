import { RefitError } from "./refit-error.ts";

/** There is no canary on the base branch that could be moved. */
export class NoCanaryError extends RefitError {
  readonly code = "no-canary";
  readonly hint: string;

  constructor(model: string, baseBranch: string) {
    super(`${model} has no canary on ${baseBranch}.`);
    this.hint =
      "With `canary: {}` in its model.yaml the next proposal starts as one. `refit canary` lists those that run.";
  }
}

/** What a canary cannot do now: exposure rises by one step at a time, and a comparison holds for one champion. */
export class CanaryMoveError extends RefitError {
  readonly code = "canary-move";
  readonly hint: string;

  /** @param why a sentence. @param hint what can be done in its place. */
  constructor(why: string, hint: string) {
    super(why);
    this.hint = hint;
  }
}
