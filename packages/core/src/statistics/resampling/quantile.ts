/**
 * Quantile of ascending values by linear interpolation (type 7 of Hyndman & Fan, 1996; NumPy's and R's default).
 *
 * Example: the 0.25 quantile of [10, 20, 30] is 15.
 *
 * @param probability in [0, 1].
 * @returns NaN without values.
 */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) return NaN;
  const place = probability * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low === high ? low : low + (place - below) * (high - low);
}
