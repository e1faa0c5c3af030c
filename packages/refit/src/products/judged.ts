import type { Verdict } from "@refit/core/judge";
import type { Decided } from "./decided.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Prepared } from "./prepared.ts";
import type { Training } from "./training.ts";

export interface Judged extends Decided {
  readonly prepared: Pick<
    Prepared,
    "featureSpec" | "fit" | "labelled" | "labels" | "part" | "profiles" | "split" | "times" | "trainingSide"
  >;
  readonly training: Training;
  readonly evaluation: Evaluation;
  readonly verdict: Verdict;
}
