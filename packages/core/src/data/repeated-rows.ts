import { quoted } from "../errors/name-words.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { ColumnProfile, Profile, ProfiledFile } from "./profile.ts";
import { leastValues } from "./signature.ts";

/** Fewer different values may well be as frequent twice by chance. */
const leastDistinct = 20;

/**
 * A new file that holds, column by column, exactly the values of another one, though not its bytes: the same rows exported
 * again, in another order or packed.
 *
 * @param others files with as many rows, of which profiles are at hand.
 */
export function repeatedRows({ path, profile }: ProfiledFile, others: readonly ProfiledFile[]): Finding[] {
  const telling = mostDistinct(profile);
  if (profile.rows < leastValues || telling === null) return [];
  const own = contentOf(profile);
  const other = others.find((known) => known.profile.rows === profile.rows && contentOf(known.profile) === own);
  if (other === undefined) return [];
  const message = `${quoted(path)} has the same values as ${quoted(other.path)}, column by column and equally often.`;
  return [finding("repeated-rows", { file: path, column: telling, count: profile.rows }, message)];
}

/** The column that could least be equal by chance; `null`: any could. */
function mostDistinct({ columns }: Profile): string | null {
  let [most, name]: [number, string | null] = [leastDistinct - 1, null];
  for (const column of columns) {
    const count = (column.buckets ?? column.top ?? []).length;
    if (count > most) [most, name] = [count, column.name];
  }
  return name;
}

/** All that is counted, without the sums, whose last digits depend on the order of the rows. */
function contentOf({ columns }: Profile): string {
  const counted = columns
    .map(({ sum: _sum, sumOfSquares: _squares, ...column }: ColumnProfile) => column)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify(counted.map((column) => Object.entries(column).sort(([a], [b]) => (a < b ? -1 : 1))));
}
