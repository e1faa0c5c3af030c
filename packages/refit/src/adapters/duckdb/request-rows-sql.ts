import type { ColumnInfo } from "@refit/core/data";

import { castColumns, castSql, storedAs } from "./column-types.ts";
import { textSql } from "./file-rows.ts";
import { rowColumn } from "./load.ts";
import { numberSql } from "./number-sql.ts";
import { identifier, literal } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";
import { failsSql, testsOf, type TextTest } from "./wrong-types.ts";

/*
 * Statements over the rows of a request, which are their parameters. They are cast and prepared by the SQL that files are cast and prepared
 * by; `source` is a CTE of the name, so that one plan serves every request.
 */

/** What a statement is made of. */
export interface PreparedSql {
  readonly columns: readonly TypedColumn[];
  /** Feature views, each of which may read those before it. */
  readonly views: readonly { readonly name: string; readonly statement: string }[];
  /** `prepare`, with the place of the row in its result. */
  readonly carrying: string;
  /** Of its result, those that are wanted, with the types that they have there. */
  readonly wanted: readonly ColumnInfo[];
}

/** SQL of one row: a parameter for each column. */
export function oneRowSql(columns: readonly TypedColumn[]): string {
  return `SELECT ${[...columns.map((_, i) => `$${i + 1}::VARCHAR AS raw${i}`), "0::UBIGINT AS place"].join(", ")}`;
}

/** SQL of many rows: one parameter, what `manyRowsText` gives. Binding a list takes three times as long. */
export function manyRowsSql(columns: readonly TypedColumn[]): string {
  const shape = Object.fromEntries([["n", "BIGINT"], ...columns.map((_, i) => [`c${i}`, ["VARCHAR"]])]) as object;
  const lists = columns.map((_, i) => `unnest(j.c${i}) AS raw${i}`);
  const given = `SELECT from_json($1::VARCHAR, ${literal(JSON.stringify(shape))}) AS j`;
  return `SELECT ${[...lists, "unnest(range(j.n))::UBIGINT AS place"].join(", ")} FROM (${given})`;
}

/** @param texts [columns][rows] */
export function manyRowsText(texts: readonly (readonly (string | null)[])[]): string {
  const lists = texts.map((list, i) => [`c${i}`, list] as const);
  return JSON.stringify(Object.fromEntries<unknown>([["n", texts[0]?.length ?? 0], ...lists]));
}

/** Ways in which texts of the rows may not fit their columns. */
export function textTests(columns: readonly TypedColumn[]): TextTest[] {
  const none = { readable: new Set<string>(), finite: new Set<string>() };
  return columns.flatMap((column) => testsOf(column, none));
}

/** SQL of the places of rows that fail a test, and which: a flag for each. */
export function unfitSql(columns: readonly TypedColumn[], rows: string): string {
  const flags = failures(columns).map((fails, i) => `coalesce(${fails}, false) AS f${i}`);
  const any = flags.map((_, i) => `f${i}`).join(" OR ");
  return `SELECT * FROM (SELECT ${["place::DOUBLE AS place", ...flags].join(", ")} FROM (${rows})) WHERE ${any}`;
}

function failures(columns: readonly TypedColumn[]): string[] {
  return textTests(columns).map((test) => failsSql(test, `raw${columns.indexOf(test.column)}`));
}

/** The error of a statement over rows of which one fails a test. */
const unfit = "error('unfit')";

/**
 * SQL of the wanted columns after the place of the row and whether a number among them is not finite. Numbers are as `numbersSql` gives
 * them. It fails where a text does not fit its column.
 */
export function preparedSql({ columns, views, carrying, wanted }: PreparedSql, rows: string): string {
  const values = columns.map(({ name, type, field, missingValues }, i) => {
    const value = castSql(textSql(`raw${i}`, missingValues), type, field);
    return `CAST(${value} AS ${storedAs[type]}) AS ${identifier(name)}`;
  });
  const doubts = failures(columns);
  const place = doubts.length === 0 ? "place" : `CASE WHEN ${doubts.join(" OR ")} THEN ${unfit} ELSE place END`;
  const source = `SELECT ${[...values, `${place} AS ${rowColumn}`].join(", ")} FROM (${rows})`;
  const named = [{ name: "source", statement: source }, ...views];
  const ctes = named.map(({ name, statement }) => `${identifier(name)} AS (${statement})`);
  const stored = `SELECT ${[...castColumns(wanted), rowColumn].join(", ")} FROM (${carrying})`;
  const result = [`${rowColumn}::DOUBLE AS place`, `${oddSql(wanted)} AS odd`, ...wanted.map(wantedSql)];
  return `WITH ${ctes.join(", ")} SELECT ${result.join(", ")} FROM (${stored})`;
}

function oddSql(wanted: readonly ColumnInfo[]): string {
  const odd = wanted.flatMap(({ name, type }) => (type === "number" ? [`NOT isfinite(${identifier(name)})`] : []));
  return odd.length === 0 ? "false" : `coalesce(${odd.join(" OR ")}, false)`;
}

function wantedSql({ name, type }: ColumnInfo, i: number): string {
  const value = identifier(name);
  return `${type === "string" ? value : `coalesce(${numberSql(value, type)}, 'nan'::DOUBLE)`} AS v${i}`;
}
