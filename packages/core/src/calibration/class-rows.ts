/** Answers about one class, and whether it was that class. */
export interface ClassRows {
  /** [rows]: probabilities. */
  readonly answers: Float64Array;
  /** [rows]: 1 or 0. */
  readonly isPositive: Uint8Array;
  /** [rows]: positive; absent: all 1. */
  readonly weights?: Float64Array;
}
