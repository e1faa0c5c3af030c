import { quoted } from "../errors/name-words.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { ColumnProfile, Profile, ProfiledFile } from "./profile.ts";
import { leastValues } from "./signature.ts";

/** Fewer different values may well be as frequent twice by chance. */
const leastDistinct = 20;

/**
 * New files that hold, column by column, exactly the values of another one, though not its bytes: the same rows exported
 * again, in another order or packed. What a file holds is looked at once, and only where another one has as many rows.
 *
 * @param fresh new files; each is compared with those before it, then with `known`.
 * @param known files that were there, of which profiles are at hand.
 */
export function repeatedRows(fresh: readonly ProfiledFile[], known: readonly ProfiledFile[]): Finding[] {
  const shared = sharedCounts([...fresh, ...known]);
  const pathsBefore = new Map<string, string>();
  const pathsKnown = new Map<string, string>();
  for (const { path, profile } of known) if (shared.has(profile.rows)) addFirst(pathsKnown, contentOf(profile), path);

  const findings: Finding[] = [];
  for (const { path, profile } of fresh) {
    const telling = shared.has(profile.rows) && profile.rows >= leastValues ? mostDistinct(profile) : null;
    if (telling === null) continue;
    const content = contentOf(profile);
    const other = pathsBefore.get(content) ?? pathsKnown.get(content);
    addFirst(pathsBefore, content, path);
    if (other === undefined) continue;
    const message = `${quoted(path)} has the same values as ${quoted(other)}, column by column and equally often.`;
    findings.push(finding("repeated-rows", { file: path, column: telling, count: profile.rows }, message));
  }
  return findings;
}

/** Numbers of rows that more than one file has. */
function sharedCounts(files: readonly ProfiledFile[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  for (const { profile } of files) (seen.has(profile.rows) ? shared : seen).add(profile.rows);
  return shared;
}

function addFirst(paths: Map<string, string>, content: string, path: string): void {
  if (!paths.has(content)) paths.set(content, path);
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
