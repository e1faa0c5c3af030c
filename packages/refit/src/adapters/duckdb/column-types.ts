import type { ColumnInfo } from "@refit/core/data";
import type { Field } from "@refit/core/spec";

import { plainNumberSql } from "./plain-number.ts";
import { literal } from "./sql-text.ts";

type ColumnType = ColumnInfo["type"];

const byDuckType: readonly (readonly [RegExp, ColumnType])[] = [
  [/^(?:U?(?:TINY|SMALL|BIG)INT|U?INTEGER)$/, "integer"],
  [/^(?:U?HUGEINT|FLOAT|DOUBLE|DECIMAL\(.*\))$/, "number"],
  [/^BOOLEAN$/, "boolean"],
  [/^DATE$/, "date"],
  [/^TIMESTAMP(?:_S|_MS|_NS| WITH TIME ZONE)?$/, "datetime"],
  [/^(?:VARCHAR|UUID|ENUM\(.*\))$/, "string"],
];

/** Our word for a DuckDB type; `null` for lists, structs, times of day and anything else that is not a plain value. */
export function columnTypeOf(duckType: string): ColumnType | null {
  return byDuckType.find(([pattern]) => pattern.test(duckType))?.[1] ?? null;
}

/** The DuckDB type that a column of our type is stored as. */
export const storedAs: Readonly<Record<ColumnType, string>> = {
  string: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  date: "DATE",
  datetime: "TIMESTAMP",
};

/** How the texts of a declared column are written; `null`: as DuckDB reads them. */
type WrittenForm = Pick<Field, "format" | "decimalChar" | "groupChar" | "bareNumber"> | null;

/** SQL that reads a text as a type: NULL where it cannot be read. */
export function castSql(text: string, type: ColumnType, form: WrittenForm = null): string {
  if (type === "string") return text;
  const format = form?.format;
  if (format !== undefined && (type === "date" || type === "datetime")) {
    return `TRY_CAST(try_strptime(${text}, ${literal(format)}) AS ${storedAs[type]})`;
  }
  // Without a zone a time is UTC, with one it is converted; a plain cast to TIMESTAMP would drop the zone.
  if (type === "datetime") return `CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`;
  return `TRY_CAST(${plainNumberSql(text, form)} AS ${storedAs[type]})`;
}

/**
 * SQL condition that a text reads as a type without loss; never NULL for a text that is not NULL.
 *
 * DuckDB's own casts round 1.5 to an integer, cut the hour off a date and know an infinite date.
 */
export function readsAsSql(text: string, type: ColumnType, form: WrittenForm = null): string {
  const value = castSql(text, type, form);
  if (type === "string") return "true";
  if (type === "integer") return `coalesce(${value} = ${castSql(text, "number", form)}, false)`;
  if (type === "date" && form?.format === undefined) {
    return `coalesce(isfinite(${value}) AND ${value} = TRY_CAST(${text} AS TIMESTAMP), false)`;
  }
  if (type === "date" || type === "datetime") return `coalesce(isfinite(${value}), false)`;
  return `(${value} IS NOT NULL)`;
}

/** What an undeclared column may turn out to be, the narrowest first. */
export const inferable = ["integer", "number", "boolean", "date", "datetime"] as const;
export type InferableType = (typeof inferable)[number];

/**
 * SQL condition under which a text speaks for a type of an undeclared column; stricter than reading it.
 *
 * Codes such as `00123`, and integers that a double cannot hold, would lose their identity as numbers.
 */
export function suggestsSql(text: string, type: InferableType): string {
  const code = `regexp_matches(${text}, '^\\s*[+-]?0[0-9]')`;
  const exact = `coalesce(TRY_CAST(${text} AS BIGINT) BETWEEN -9007199254740992 AND 9007199254740992, contains(${text}, '.') OR length(${text}) < 16)`;
  const reads = readsAsSql(text, type);
  if (type === "integer") return `(${reads} AND NOT contains(${text}, '.') AND NOT ${code} AND ${exact})`;
  if (type === "number") return `(${reads} AND NOT ${code} AND ${exact})`;
  if (type === "boolean") return `(lower(${text}) IN ('true', 'false'))`;
  if (type === "date") return `(length(${text}) = 10 AND ${reads})`;
  return `(length(${text}) > 10 AND ${reads})`;
}
