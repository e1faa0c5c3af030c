import type { ColumnInfo } from "@refit/core/data";

/** SQL for a value as a number: booleans as 0 and 1, dates and times as epoch milliseconds. */
export function numberSql(value: string, type: ColumnInfo["type"]): string {
  return type === "date" || type === "datetime" ? `epoch_ms(${value})::DOUBLE` : `${value}::DOUBLE`;
}

/** SQL of numbers alone, of type DOUBLE, without nulls: NaN stands for one. */
export function numbersSql(values: readonly string[], from: string): string {
  return `SELECT ${values.map((value) => `coalesce(${value}, 'nan'::DOUBLE)`).join(", ")} FROM ${from}`;
}
