import type { JudgedFile } from "./last-judged.ts";

/** Rows in files that were not there then; a file that grew counts by how much, and one that only moved not at all. */
export function newRows(now: readonly JudgedFile[], then: readonly JudgedFile[]): number {
  const known = new Set(then.map((file) => file.sha256));
  const before = new Map(then.map((file) => [file.path, file.rows]));
  return now
    .filter((file) => !known.has(file.sha256))
    .reduce((sum, file) => sum + Math.max(0, file.rows - (before.get(file.path) ?? 0)), 0);
}
