import { quantile } from "./quantile.ts";

/** Middle value, or the mean of the two in the middle; NaN without values. */
export function median(values: Float64Array): number {
  return quantile(values.slice().sort(), 0.5);
}
