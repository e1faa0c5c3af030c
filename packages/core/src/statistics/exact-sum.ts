/**
 * The sum of doubles, rounded once: the same whatever their order and grouping into one call. Doubles without a common bit are
 * kept side by side until the end (J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997, section 2.4).
 *
 * @returns what adding one by one gives where a partial sum leaves the range of doubles, or a value is not finite.
 */
export function exactSum(values: Iterable<number>): number {
  const all = [...values];
  const parts: number[] = [];
  for (const value of all) {
    let rest = value;
    let kept = 0;
    for (const part of parts) {
      const [large, small] = Math.abs(rest) < Math.abs(part) ? [part, rest] : [rest, part];
      const sum = large + small;
      const error = small - (sum - large);
      if (error !== 0) parts[kept++] = error;
      rest = sum;
    }
    parts.length = kept;
    parts.push(rest);
  }
  const rounded = roundedOnce(parts);
  return Number.isFinite(rounded) ? rounded : all.reduce((sum, value) => sum + value, 0);
}

/** @param parts without common bits, ascending. */
function roundedOnce(parts: number[]): number {
  let sum = parts.pop() ?? 0;
  let error = 0;
  while (parts.length > 0 && error === 0) {
    const next = parts.pop()!;
    const before = sum;
    sum = before + next;
    error = next - (sum - before);
  }
  // Half way between two doubles, the parts below decide; a step of twice the error says whether it was half way.
  const below = parts.at(-1) ?? 0;
  if (error !== 0 && below !== 0 && error < 0 === below < 0) {
    const step = sum + error * 2;
    if (error * 2 === step - sum) return step;
  }
  return sum;
}
