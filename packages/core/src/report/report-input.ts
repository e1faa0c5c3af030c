import type { Reason } from "../decide/reason.ts";
import type { Comparison } from "../judge/comparison.ts";
import type { RelianceFacts } from "../judge/reliance.ts";
import type { Verdict } from "../judge/verdict.ts";
import type { Rollout } from "../spec/rollout.ts";
import type { TrainingPolicy } from "../spec/training-policy.ts";
import type { DataFacts } from "./data-section.ts";
import type { EarlierVersion } from "./report-charts.ts";

/** Where a training began. Clauses. */
export interface StartFacts {
  /** `v3`; `null`: it started anew. */
  readonly from: string | null;
  /** Why it started anew, for the challenger, or for the choice among candidates alone; `null`: it did not. */
  readonly because: string | null;
}

/** What a reviewer should know that no gate says. */
export interface AttentionFacts {
  /** The last version that was rolled back, where the live one was judged before or is what came back; `null`: none was. */
  readonly rolledBack: { readonly label: string; readonly at: number } | null;
  /** What gates, checks and policy ask less of than when the live version came, each a clause. */
  readonly lowered: readonly string[];
}

export interface ReportInput {
  readonly model: string;
  /** Its `model.yaml`, from the root of the repository. */
  readonly specFile: string;
  readonly branch: string;
  readonly baseBranch: string;
  /** `v3`; `null`: there is none. */
  readonly championLabel: string | null;
  /** How the merge starts it as a canary; `null` or absent: the merge makes it the champion. */
  readonly canary?: Pick<Rollout, "percent" | "steps"> | null;
  /** The last versions, oldest first. */
  readonly earlier: readonly EarlierVersion[];
  readonly reasons: readonly Reason[];
  readonly comparison: Comparison;
  /** `null`: nobody measured it. */
  readonly reliance: RelianceFacts | null;
  readonly verdict: Verdict;
  readonly look: number;
  readonly alpha: number;
  readonly data: DataFacts;
  readonly training: {
    readonly candidates: readonly {
      readonly learner: string;
      /** Which rows it learns from; `undefined`: all. */
      readonly window?: TrainingPolicy | undefined;
      /** Which models a search has found; absent: it is none. */
      readonly found?: string | undefined;
      /** Absent: none. */
      readonly calibration?: string | undefined;
      /** Of one that asks for `start: warm`; absent: it asks for none. */
      readonly start?: StartFacts | undefined;
      readonly validation: number | undefined;
      /** The only candidate, of which validation rows settle nothing: it was trained on them, too. Absent: they have measured it. */
      readonly alone?: true | undefined;
      readonly bytes: number;
      readonly seconds: number;
      readonly chosen: boolean;
      /** Why it was not trained; `undefined`: it was. */
      readonly failure?: string | undefined;
    }[];
    readonly seed: number;
    /** Rows without a target value, which take no part. */
    readonly unlabelledRows: number;
    readonly trainRows: number;
    readonly validationRows: number;
    readonly inputDigest: string;
  };
  /** Columns that the challenger is given. */
  readonly inputs: readonly { readonly name: string; readonly type: string }[];
  readonly attention: AttentionFacts;
  readonly notices: readonly string[];
}
