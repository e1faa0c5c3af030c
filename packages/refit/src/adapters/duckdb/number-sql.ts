import type { ColumnInfo } from "@refit/core/data";
import { namedPart } from "./named-part.ts";

/** SQL for a value as a number: booleans as 0 and 1, dates and times as epoch milliseconds, of files the bytes. */
export function numberSql(value: string, type: ColumnInfo["type"]): string {
  if (type === "file") return `TRY_CAST(${namedPart(value, "bytes")} AS DOUBLE)`;
  if (type === "date") return `epoch_ms(${value})::DOUBLE`;
  if (type === "datetime") return millisecondsSql(value);
  return `${value}::DOUBLE`;
}

/** What is below a millisecond is cut off, as predictors do: `epoch_ms` alone rounds up before 1970, into the next hour at the end of one. */
const millisecondsSql = (value: string) => `(epoch_ms(${value}) - (epoch_us(${value}) % 1000 < 0)::TINYINT)::DOUBLE`;

/** SQL of numbers alone, of type DOUBLE, without nulls: NaN stands for one. */
export function numbersSql(values: readonly string[], from: string): string {
  return `SELECT ${values.map((value) => `coalesce(${value}, 'nan'::DOUBLE)`).join(", ")} FROM ${from}`;
}
