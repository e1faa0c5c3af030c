/**
 * The point in [low, high] where a condition that holds to its right begins, to the last bit.
 *
 * @param holds false up to some point and true from there on.
 */
export function bisect(low: number, high: number, holds: (x: number) => boolean): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
}
