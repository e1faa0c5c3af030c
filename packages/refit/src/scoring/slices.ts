import type { Column } from "@refit/core/runtime";

export interface RowGroup {
  readonly value: string;
  /** Indices into the `rows` that were asked for. */
  readonly members: Uint32Array;
}

/** Most values of a slice column that are looked at, the most frequent first. */
const MOST_GROUPS = 300;

/** Between the values of two columns; a value cannot hold it, so that no two pairs are taken for one. */
const BORDER = "\0";

/**
 * Groups rows by a column's value, or by the values of several, the largest group first; missing values form the group
 * `(missing)`.
 */
export async function groupRows(columns: readonly Column[], rows: Uint32Array): Promise<RowGroup[]> {
  const { op, table } = await import("arquero");
  const value = Array.from(rows, (row) => columns.map((column) => textOf(column, row)).join(BORDER));
  const member = Array.from(rows, (_, i) => i);
  const groups = table({ value, member })
    .groupby("value")
    .rollup({ members: op.array_agg("member") })
    .objects() as { value: string; members: number[] }[];
  return groups
    .sort((a, b) => b.members.length - a.members.length || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_GROUPS)
    .map(({ value: name, members }) => ({
      value: name.replaceAll(BORDER, " × "),
      members: Uint32Array.from(members),
    }));
}

function textOf(column: Column, row: number): string {
  if (column.kind === "text") return column.dictionary[column.codes[row]!] ?? "(missing)";
  const value = column.values[row]!;
  if (Number.isNaN(value)) return "(missing)";
  if (column.type === "boolean") return value === 1 ? "true" : "false";
  return column.type === "date" || column.type === "datetime" ? new Date(value).toISOString() : String(value);
}
