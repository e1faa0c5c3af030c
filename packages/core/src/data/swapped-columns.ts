import { quoted } from "../spec/plain-text.ts";
import { kolmogorovDistance } from "./column-effects.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { ColumnProfile, Profile } from "./profile.ts";
import { leastValues } from "./signature.ts";

/** A column that moved less than this has not changed places. */
const leastDistance = 0.2;

/**
 * Pairs of columns of which each looks like the other did and not like itself: their places were exchanged.
 *
 * "Like" is a distance of the distributions below 0.05, or below what chance makes of so few rows (1 %), and not half as
 * far as from itself.
 */
export function swappedColumns(file: string, reference: Profile, current: Profile): Finding[] {
  const before = new Map(reference.columns.map((column) => [column.name, column]));
  const moved = current.columns.flatMap((now) => {
    const was = before.get(now.name);
    const own = was === undefined ? null : distance(was, now);
    return own !== null && own >= leastDistance ? [{ was: was!, now, own }] : [];
  });
  return moved.flatMap((a, i) =>
    moved.slice(i + 1).flatMap((b) => {
      if (!looksLike(a.was, b.now, a.own) || !looksLike(b.was, a.now, b.own)) return [];
      const [first, second] = [quoted(a.now.name), quoted(b.now.name)];
      const words = `each has the distribution that the other had`;
      const place = { file, column: a.now.name };
      return [
        finding(
          "swapped-columns",
          place,
          `Columns ${first} and ${second} of ${quoted(file)} look exchanged: ${words}.`,
        ),
      ];
    }),
  );
}

function looksLike(was: ColumnProfile, now: ColumnProfile, own: number): boolean {
  const apart = distance(was, now);
  const [n, m] = [was.rows - was.nulls, now.rows - now.nulls];
  return apart !== null && apart <= Math.max(0.05, 1.63 * Math.sqrt(1 / n + 1 / m)) && apart <= own / 2;
}

/** 0 to 1: of the distribution functions for numbers, of the shares for texts; `null`: nothing to compare. */
function distance(a: ColumnProfile, b: ColumnProfile): number | null {
  if (Math.min(a.rows - a.nulls, b.rows - b.nulls) < leastValues) return null;
  if (isNumber(a) && isNumber(b)) return kolmogorovDistance(a.buckets!, b.buckets!);
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
