import type { RefitError } from "./refit-error.ts";

/** What went wrong with one model, for a reader of a result. */
export interface FailedModel {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Failures of the repository, the machine or the forge, which meet the next model too. */
const ofAll =
  /^(?:git|forge|token|ledger)-|^(?:bare-repository|base-diverged|base-not-found|lfs-missing|no-commits|not-a-repository|pull-requests-off|remote-unreachable|shallow-clone|usage)$/;

/** Whether other models of the same run can still succeed. */
export function isOfOneModel({ code }: Pick<RefitError, "code">): boolean {
  return !ofAll.test(code);
}

export function failedModel({ code, message, hint }: RefitError): FailedModel {
  return { code, message, hint };
}
