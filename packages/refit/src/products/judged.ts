import type { RetrainDecision } from "@refit/core/decide";
import type { Verdict } from "@refit/core/judge";
import type { Context } from "./context.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Prepared } from "./prepared.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Training } from "./training.ts";

export interface Judged {
  readonly context: Context;
  readonly snapshot: Snapshot;
  readonly decision: RetrainDecision;
  readonly prepared: Pick<Prepared, "featureSpec" | "split" | "part">;
  readonly training: Training;
  readonly evaluation: Evaluation;
  readonly verdict: Verdict;
}
