import type { Column } from "../features/column.ts";

/** A group number from 0 for each of some rows, and how many groups there are. */
export interface RowGroups {
  readonly groups: Int32Array;
  readonly count: number;
}

/** A number from 0 for each of some rows, the same for rows of equal value; a row without a value is its own group. */
export function groupNumbers(column: Column, rows: Uint32Array): RowGroups {
  const known = new Map<number, number>();
  let count = 0;
  const groups = Int32Array.from(rows, (row) => {
    const value = column.kind === "text" ? column.codes[row]! : column.values[row]!;
    if (column.kind === "text" ? value < 0 : Number.isNaN(value)) return count++;
    const number = known.get(value) ?? count++;
    known.set(value, number);
    return number;
  });
  return { groups, count };
}
