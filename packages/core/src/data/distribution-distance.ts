import { kolmogorovDistance } from "./column-effects.ts";
import type { ColumnProfile } from "./profile.ts";
import { leastValues } from "./signature.ts";

/**
 * How far two columns are apart, 0 to 1: of the distribution functions for numbers, of the shares for texts; `null`: nothing to compare.
 *
 * @param enough as for `kolmogorovDistance`.
 */
export function distributionDistance(a: ColumnProfile, b: ColumnProfile, enough = 1): number | null {
  if (Math.min(a.rows - a.nulls, b.rows - b.nulls) < leastValues) return null;
  if (isNumber(a) && isNumber(b)) return kolmogorovDistance(a.buckets!, b.buckets!, enough);
  if (a.top === undefined || b.top === undefined) return null;
  const shares = new Map(a.top.map(([text, count]) => [text, count / (a.rows - a.nulls)]));
  let sum = 0;
  for (const [text, count] of b.top) {
    sum += Math.abs((shares.get(text) ?? 0) - count / (b.rows - b.nulls));
    shares.delete(text);
  }
  return [...shares.values()].reduce((rest, share) => rest + share, sum) / 2;
}

function isNumber({ type, buckets }: ColumnProfile): boolean {
  return (type === "number" || type === "integer") && buckets !== undefined;
}
