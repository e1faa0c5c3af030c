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
  return countEntries(column, rows).reduce((distinct, count) => distinct + (count > 0 ? 1 : 0), 0);
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
  countEntries(column, rows).forEach((count, entry) => {
    if (count > 0) add(column.dictionary[entry]!, count);
  });
  return counts;
}

/** [entries of the dictionary]: rows that have each. */
function countEntries({ codes, dictionary }: TextColumn | FileColumn, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(dictionary.length);
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]!]!;
    if (code >= 0) counts[code]!++;
  }
  return counts;
}
