import type { ColumnInfo } from "@refit/core/data";
import { namedPart } from "./named-part.ts";

/** SQL for a value as a number: booleans as 0 and 1, dates and times as epoch milliseconds, of files the bytes. */
export function numberSql(value: string, type: ColumnInfo["type"]): string {
  if (type === "file") return `TRY_CAST(${namedPart(value, "bytes")} AS DOUBLE)`;
  return type === "date" || type === "datetime" ? `epoch_ms(${value})::DOUBLE` : `${value}::DOUBLE`;
}

/** SQL of numbers alone, of type DOUBLE, without nulls: NaN stands for one. */
export function numbersSql(values: readonly string[], from: string): string {
  return `SELECT ${values.map((value) => `coalesce(${value}, 'nan'::DOUBLE)`).join(", ")} FROM ${from}`;
}
