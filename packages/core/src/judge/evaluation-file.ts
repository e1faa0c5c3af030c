import type { Comparison } from "./comparison.ts";

/** `evaluation.json`: facts of the comparison. No margin, alpha, look or verdict: those belong to the run. */
export interface EvaluationFile extends Pick<Comparison, "kind" | "primary" | "metrics" | "slices"> {
  readonly format: 1;
  /** Rows of the holdout. */
  readonly rows: number;
}
