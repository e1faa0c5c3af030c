import type { Column, FileColumn, TextColumn } from "./column.ts";
import { levelText } from "./level-text.ts";

/** The most frequent categories of some rows, most frequent first, ties by code unit order; missing values aside. */
export function fitLevels(column: Column, rows: Uint32Array, most: number): string[] {
  return [...countLevels(column, rows)]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([level]) => level);
}

/** Number of distinct texts in some rows; missing values aside. */
export function distinctTexts(column: TextColumn | FileColumn, rows: Uint32Array): number {
  const seen = new Uint8Array(column.dictionary.length);
  let distinct = 0;
  for (const row of rows) {
    const code = column.codes[row]!;
    if (code < 0 || seen[code] === 1) continue;
    seen[code] = 1;
    distinct++;
  }
  return distinct;
}

function countLevels(column: Column, rows: Uint32Array): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (level: string, count: number) => counts.set(level, (counts.get(level) ?? 0) + count);
  if (column.kind === "number") {
    for (const row of rows) {
      const value = column.values[row]!;
      if (Number.isFinite(value)) add(levelText(column.type, value), 1);
    }
    return counts;
  }
  const byEntry = new Uint32Array(column.dictionary.length);
  for (const row of rows) {
    const code = column.codes[row]!;
    if (code >= 0) byEntry[code]!++;
  }
  byEntry.forEach((count, entry) => {
    if (count > 0) add(column.dictionary[entry]!, count);
  });
  return counts;
}
