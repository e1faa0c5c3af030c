import type { Comparison } from "./comparison.ts";

/**
 * `evaluation.json`: facts of the comparison. No margin, alpha, look, fairness, latency or verdict: those belong to the
 * run and its policy.
 */
export interface EvaluationFile extends Pick<
  Comparison,
  "kind" | "primary" | "metrics" | "bootstrap" | "dummy" | "withoutDuplicates" | "slices"
> {
  readonly format: 1;
  /** Rows of the holdout. */
  readonly rows: number;
}
