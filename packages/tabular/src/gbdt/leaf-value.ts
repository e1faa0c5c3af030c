import { type Bounds, MIN_HESSIAN, type SplitLimits, type Totals } from "./split.ts";

/**
 * −soft(G) / (H + λ2): the value that lowers the loss most, to second order (Chen & Guestrin 2016, equation 5), where soft is G,
 * nearer to 0 by the L1 penalty; within its bounds. As `kernels/bounded.ts` has it.
 */
export function boundedValue({ gradient, hessian }: Totals, { l2, l1 = 0 }: SplitLimits, bounds: Bounds): number {
  const softened = Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1);
  const best = -softened / Math.max(hessian + l2, MIN_HESSIAN);
  return within(best, bounds);
}

export function within(value: number, { lower, upper }: Bounds): number {
  return Math.min(Math.max(value, lower), upper);
}

/** Nine digits keep model files small. */
export function shortened(value: number): number {
  return Number(value.toPrecision(9));
}
