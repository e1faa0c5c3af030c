import type { ColumnInfo } from "@refit/core/data";
import type { Field } from "@refit/core/spec";

import { plainNumberSql } from "./plain-number.ts";
import { identifier, literal } from "./sql-text.ts";

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

const exactly: readonly (readonly [RegExp, ColumnType])[] = [
  [/^(?:(?:TINY|SMALL|BIG)INT|INTEGER|U(?:TINY|SMALL)INT|UINTEGER)$/, "integer"],
  [/^DOUBLE$/, "number"],
  [/^BOOLEAN$/, "boolean"],
  [/^DATE$/, "date"],
  [/^TIMESTAMP$/, "datetime"],
];

/**
 * Our type for a DuckDB type whose values, stored as that type, are what reading their texts would give; `null`: they may differ, as a
 * FLOAT's 0.1 does, or there is none.
 */
export function exactTypeOf(duckType: string): ColumnType | null {
  return exactly.find(([pattern]) => pattern.test(duckType))?.[1] ?? null;
}

/** The DuckDB type that a column of our type is stored as. */
export const storedAs: Readonly<Record<ColumnType, string>> = {
  string: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  boolean: "BOOLEAN",
  date: "DATE",
  datetime: "TIMESTAMP",
  file: "VARCHAR",
};

/** How the texts of a declared column are written; `null`: as DuckDB reads them. */
type WrittenForm = Pick<Field, "format" | "decimalChar" | "groupChar" | "bareNumber" | "unit"> | null;

/** SQL that reads a text as a type: NULL where it cannot be read. */
export function castSql(text: string, type: ColumnType, form: WrittenForm = null): string {
  if (type === "string" || type === "file") return text;
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
 *
 * @param value SQL for the text as `castSql` reads it.
 */
export function readsAsSql(
  text: string,
  type: ColumnType,
  form: WrittenForm = null,
  value = castSql(text, type, form),
): string {
  if (type === "string" || type === "file") return "true";
  if (type === "integer") return `coalesce(${value} = ${castSql(text, "number", form)}, false)`;
  if (type === "date" && form?.format === undefined) {
    return `coalesce(isfinite(${value}) AND ${value} = TRY_CAST(${text} AS TIMESTAMP), false)`;
  }
  if (type === "date" || type === "datetime") return `coalesce(isfinite(${value}), false)`;
  return `(${value} IS NOT NULL)`;
}

/** SQL of columns as their types are stored, under their names. */
export const castColumns = (columns: readonly ColumnInfo[]) =>
  columns.map(({ name, type }) => `CAST(${identifier(name)} AS ${storedAs[type]}) AS ${identifier(name)}`);

/** What an undeclared column may turn out to be, the narrowest first. */
export const inferable = ["integer", "number", "boolean", "date", "datetime"] as const;
export type InferableType = (typeof inferable)[number];

/**
 * SQL condition of a text and its value that are surely right, cheaper than `readsAsSql` and `suggestsSql`, which say the same of it; `null`:
 * there is none for the type. What reads as a number and sorts after the 1 begins with a digit other than zero.
 */
export function surelySql(text: string, type: ColumnType, value: string): string | null {
  if (type === "integer") return `(${value} > -1e15 AND ${value} < 1e15 AND ${text} = ${value}::VARCHAR)`;
  if (type === "number") return `(${value} >= 1 AND ${value} < 1e15 AND ${text} >= '1' AND strlen(${text}) < 16)`;
  return null;
}

/** SQL condition under which a value of `exactTypeOf` is to be looked at as a text, where its text might not be read. */
export function oddSql(type: ColumnType, value: string): string | null {
  if (type === "number") return `(${value} IS NOT NULL AND NOT isfinite(${value}))`;
  if (type === "date" || type === "datetime")
    return `(${value} IS NOT NULL AND NOT coalesce(isfinite(${value}) AND year(${value}) BETWEEN 1 AND 9999, false))`;
  return null;
}

/** Integers beyond it have neighbours that a double cannot tell from them. */
const exactUpTo = "9007199254740992";

/**
 * SQL condition under which a text speaks for a type of an undeclared column; stricter than reading it.
 *
 * Codes such as `00123`, and integers that a double cannot hold, would lose their identity as numbers.
 *
 * @param value SQL for the text as `castSql` reads it.
 */
export function suggestsSql(text: string, type: InferableType, value = castSql(text, type)): string {
  const reads = readsAsSql(text, type, null, value);
  if (type === "integer") {
    return `(${reads} AND NOT contains(${text}, '.') AND NOT ${isCodeSql(text)} AND ${isExactSql(text, value)})`;
  }
  if (type === "number") return `(${reads} AND NOT ${isCodeSql(text)} AND ${isExactSql(text, value)})`;
  if (type === "boolean") return `(lower(${text}) IN ('true', 'false'))`;
  if (type === "date") return `(length(${text}) = 10 AND ${reads})`;
  return `(length(${text}) > 10 AND ${reads})`;
}

/** Whether a zero leads other digits. Only what a blank or a plus may begin, which sort before the minus, needs the slow look. */
function isCodeSql(text: string): string {
  const slow = `regexp_matches(${text}, '^\\s*[+-]?0[0-9]')`;
  const fast = `(${text} >= '00' AND ${text} < '0:') OR (${text} >= '-00' AND ${text} < '-0:')`;
  return `CASE WHEN ${text} < '-' THEN ${slow} ELSE ${fast} END`;
}

/** Whether no digit of an integer is lost. */
function isExactSql(text: string, value: string): string {
  const slow = `coalesce(TRY_CAST(${text} AS BIGINT) BETWEEN -${exactUpTo} AND ${exactUpTo}, contains(${text}, '.') OR length(${text}) < 16)`;
  return `CASE WHEN length(${text}) < 16 AND abs(${value}) < ${exactUpTo} THEN true ELSE ${slow} END`;
}
