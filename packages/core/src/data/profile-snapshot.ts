import { populationStability } from "../statistics/two-sample/population-stability.ts";
import { alignCounts } from "./align-counts.ts";
import { mergeProfiles } from "./merge-profiles.ts";
import type { ColumnProfile, Profile } from "./profile.ts";

/** Fewest files that tell what is usual, and fewest rows of each. */
const leastFiles = 3;
const leastRows = 200;

/**
 * The profile of a version: of all rows together, and of each column how far its files usually are apart.
 *
 * `usualPsi` is the largest population stability index of one file against all others, beyond what chance explains
 * (95 %); 0 when chance explains all. Some columns always move, such as the aircraft in service: only a move beyond
 * the usual one is drift. Absent below three files of 200 rows. Four decimals, so that it is the same everywhere.
 *
 * @param profiles one per file, in file order.
 */
export function profileSnapshot(profiles: readonly Profile[]): Profile {
  const merged = mergeProfiles(profiles);
  const files = profiles.filter(({ rows }) => rows >= leastRows);
  if (files.length < leastFiles) return merged;
  const byName = files.map(({ columns }) => new Map(columns.map((column) => [column.name, column])));
  const columns = merged.columns.map((all) => {
    const parts = byName.flatMap((columnsOf) => columnsOf.get(all.name) ?? []);
    return parts.length < leastFiles ? all : { ...all, usualPsi: largestMove(all, parts) };
  });
  return { ...merged, columns };
}

function largestMove(all: ColumnProfile, parts: readonly ColumnProfile[]): number {
  const moves = parts.map((part) => {
    const [together, own] = alignCounts(all, part);
    const others = together.map((count, bin) => Math.max(0, count - own[bin]!));
    const stability = populationStability(others, own);
    return stability === null ? 0 : stability.psi - stability.critical;
  });
  return Math.round(10_000 * Math.max(0, ...moves)) / 10_000;
}
