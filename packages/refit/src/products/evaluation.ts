import type { Comparison } from "@refit/core/judge";

export interface Evaluation extends Comparison {
  /** Which evaluation this is on its holdout, from 1, and the alpha that it may spend. */
  readonly look: number;
  readonly alpha: number;
}
