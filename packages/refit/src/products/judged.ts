import type { Verdict } from "@refit/core/judge";
import type { Decided } from "./decided.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Prepared } from "./prepared.ts";
import type { Training } from "./training.ts";

/** A run up to its verdict: what people are told and the ledger remembers. */
export interface Judged extends Decided {
  readonly prepared: Pick<
    Prepared,
    "featureSpec" | "labelled" | "labels" | "part" | "profiles" | "read" | "split" | "table" | "target" | "weights"
  >;
  readonly training: Training;
  readonly evaluation: Evaluation;
  readonly verdict: Verdict;
}
