import { quoted } from "../errors/name-words.ts";
import { distributionDistance } from "./distribution-distance.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { ColumnProfile, Profile } from "./profile.ts";

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
    const own = was === undefined ? null : distributionDistance(was, now);
    return own !== null && own >= leastDistance ? [{ was: was!, now, own }] : [];
  });
  return moved.flatMap((a, i) =>
    moved.slice(i + 1).flatMap((b) => {
      if (!looksLike(a.was, b.now, a.own) || !looksLike(b.was, a.now, b.own)) return [];
      const [first, second] = [quoted(a.now.name), quoted(b.now.name)];
      const words = `each has the distribution that the other had`;
      const place = { file, column: a.now.name };
      return [
        finding("swapped-columns", place, `Columns ${first} and ${second} of ${quoted(file)} look swapped: ${words}.`),
      ];
    }),
  );
}

function looksLike(was: ColumnProfile, now: ColumnProfile, own: number): boolean {
  const [n, m] = [was.rows - was.nulls, now.rows - now.nulls];
  const most = Math.min(Math.max(0.05, 1.63 * Math.sqrt(1 / n + 1 / m)), own / 2);
  // Of all pairs of columns that moved, nearly none is near.
  const apart = distributionDistance(was, now, most);
  return apart !== null && apart <= most;
}
