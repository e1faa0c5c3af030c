import type { ColumnInfo } from "../../ports.ts";
import type { PlannedColumn } from "./layout.ts";
import { literals } from "./sql-text.ts";

/** A column with its type settled. */
export interface TypedColumn extends PlannedColumn {
  readonly type: ColumnInfo["type"];
}

/** SQL for a column's text in one file: NULL for `missingValues` and where the file does not have it. */
export function textSql(column: PlannedColumn, file: number, missingValues: readonly string[]): string {
  const position = column.positions[file]!;
  if (position < 0) return "NULL::VARCHAR";
  return missingValues.length === 0
    ? `c${position}`
    : `CASE WHEN c${position} NOT IN (${literals(missingValues)}) THEN c${position} END`;
}
