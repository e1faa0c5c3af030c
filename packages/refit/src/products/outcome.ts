import type { KeptReport } from "../ports/kept-report.ts";
import type { Finding } from "@refit/core/data";
import type { FailedModel } from "@refit/core/errors";
import type { HeldBack, Reason } from "@refit/core/decide";
import type { Verdict, VerdictReason } from "@refit/core/judge";
import type { Report } from "@refit/core/report";
import type { Evaluation } from "./evaluation.ts";

/** Everything that the verdict was made from, so that a reader of `--json` can recompute it. */
export interface Evidence {
  readonly evaluation: Evaluation;
  readonly verdict: Verdict;
}

/** Where people find what was proposed; all `null`: nothing was. */
export interface Proposed {
  readonly branch: string | null;
  readonly url: string | null;
  readonly operation: "created" | "updated" | "unchanged" | null;
  /** Git tree id of the version. */
  readonly version: string | null;
}

/** How a run ended; exactly one, with all its reasons. */
export type Outcome = { readonly model: string } & (
  | {
      readonly decision: "skipped" | "suppressed";
      readonly reasons: readonly Reason[];
      readonly heldBack: HeldBack;
      /** When waiting alone would lead to a retrain, epoch milliseconds; `null`: never. */
      readonly nextEligibleAt: number | null;
      /** Where the open proposal is; `null`: there is none. */
      readonly url: string | null;
    }
  | {
      readonly decision: "blocked";
      readonly findings: readonly Finding[];
      readonly because: readonly VerdictReason[];
      /** `null`: the data were refused, so nothing was compared. */
      readonly evidence: Evidence | null;
      /** `null`: the same. */
      readonly report: Report | null;
      readonly kept: KeptReport | null;
      readonly alert: string | null;
    }
  | (Proposed & {
      readonly decision: "proposed" | "updated" | "inconclusive" | "rejected";
      readonly reasons: readonly Reason[];
      readonly because: readonly VerdictReason[];
      /** `null`: an earlier run compared it, and this one finished what that had begun. */
      readonly evidence: Evidence | null;
      readonly report: Report;
      /** `null`: a dry run. */
      readonly kept: KeptReport | null;
    })
);

/** How the run of one of several models ended, or that it could not go on while others did. */
export type RunResult = Outcome | { readonly model: string; readonly decision: "failed"; readonly error: FailedModel };

/** 0 for every foreseen end but a block: 3 for data, 2 for anything else, and for a model that failed. */
export function exitCodeOf(outcome: RunResult): 0 | 2 | 3 {
  if (outcome.decision === "failed") return 2;
  if (outcome.decision !== "blocked") return 0;
  return outcome.findings.length > 0 ? 3 : 2;
}
