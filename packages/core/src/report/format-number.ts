/**
 * A measured number for people, the same on every machine: about five significant digits, fixed for each order of
 * magnitude so that champion and challenger line up.
 *
 * Tiny and huge numbers in powers of ten; `–` for what is not finite.
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && size < 0.0001) return value.toExponential(1);
  if (size >= 1e15) return value.toExponential(4);
  const digits = size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : 1;
  return (size === 0 ? 0 : value).toFixed(digits);
}
