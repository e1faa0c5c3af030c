export interface AxisTicks {
  /** Ascending, evenly spaced; the first and last enclose every value. */
  readonly values: readonly number[];
  /** Digits after the point that tell the ticks apart. */
  readonly digits: number;
}

/** Ticks at 1, 2 or 5 times a power of ten, about `wanted` of them, around all values. */
export function axisTicks(values: readonly number[], wanted: number): AxisTicks {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = visibleRange(low, high);
  let digits = 0;
  let power = 1;
  for (; power > range / wanted; power /= 10) digits++;
  for (; power * 10 <= range / wanted; power *= 10) digits--;
  const factor = [1, 2, 5].find((one) => power * one >= range / wanted) ?? 10;
  if (factor === 10) digits--;
  const step = power * factor;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { values: ticks, digits: Math.max(0, digits) };
}

/** Never so small that steps vanish beside the values or that powers of ten run out. */
function visibleRange(low: number, high: number): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < 1e-300) return 1;
  return high - low > size * 1e-9 ? high - low : size;
}
