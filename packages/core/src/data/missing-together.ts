import { quoted } from "../errors/name-words.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { ColumnProfile, Profile } from "./profile.ts";
import { leastValues, sameShare } from "./signature.ts";

/** Fewer columns that lack values together are a coincidence, or belong together anyway. */
const leastColumns = 3;

interface Rise {
  readonly name: string;
  /** Missing values beyond the usual share. */
  readonly excess: number;
  /** How far chance moves that, twice its standard deviation. */
  readonly noise: number;
}

/**
 * Columns of a new file that lack about as many values more than usual each: the same rows seem to lack them all, as after
 * a join that half failed, though in no column by itself are they many.
 *
 * Profiles count columns, not rows, so it is told from the counts: three rises that chance explains in one of a thousand files each, and
 * that agree within what chance moves them.
 *
 * @param told columns of which missing values are found already.
 */
export function missingTogether(
  file: string,
  reference: Profile,
  current: Profile,
  told: ReadonlySet<string | null>,
): Finding[] {
  const before = new Map(reference.columns.map((column) => [column.name, column]));
  const rises = current.columns
    .filter(({ name }) => !told.has(name))
    .flatMap((now) => {
      const was = before.get(now.name);
      return was === undefined ? [] : (riseOf(was, now) ?? []);
    })
    .sort((a, b) => a.excess - b.excess);
  const usual = rises[Math.floor(rises.length / 2)]?.excess ?? 0;
  const together = rises.filter(({ excess, noise }) => Math.abs(excess - usual) <= 1 + noise);
  if (together.length < leastColumns) return [];
  const names = together.map(({ name }) => quoted(name));
  const listed = names.length > 4 ? `${names.slice(0, 4).join(", ")} and ${names.length - 4} more` : names.join(", ");
  const message = `In ${quoted(file)} each of ${listed} has about ${Math.round(usual)} more missing values than usual, as if they were missing in the same rows.`;
  return [finding("missing-together", { file, column: together[0]!.name, count: Math.round(usual) }, message)];
}

function riseOf(was: ColumnProfile, now: ColumnProfile): Rise | null {
  if (Math.min(was.rows, now.rows) < leastValues) return null;
  const share = was.nulls / was.rows;
  const excess = now.nulls - share * now.rows;
  if (excess <= 0 || sameShare(was.nulls, was.rows, now.nulls, now.rows)) return null;
  return { name: now.name, excess, noise: 2 * Math.sqrt(share * (1 - share) * now.rows) };
}
