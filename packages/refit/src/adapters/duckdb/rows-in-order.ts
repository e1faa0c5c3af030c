import { mkdir } from "node:fs/promises";
import path from "node:path";

import { PrepareNotRowWiseError, quoted, UnreadableDataError } from "@refit/core/errors";
import { finding, type ColumnInfo } from "@refit/core/data";

import type { AnswersFile, InOrderRequest, RowsInOrder } from "../../ports/tables.ts";
import { castColumns } from "./column-types.ts";
import { columnReader, readNumbers } from "./column-reader.ts";
import { loadedTable, rowColumn, sourceTable } from "./load.ts";
import { numbersSql } from "./number-sql.ts";
import { everything, plainColumns, readStatement, refuseInfinite, type PrepareSource } from "./prepare.ts";
import { prepareRefused } from "./prepare-refused.ts";
import { isReadBesides } from "./read-besides.ts";
import type { Session } from "./session.ts";
import { identifier, literal } from "./sql-text.ts";
import { fromSql } from "./text-codes.ts";
import type { TypedColumn } from "./typed-column.ts";

/** What the SQL may read, and where a file may be written. */
interface InOrderSource extends Pick<PrepareSource, "columns" | "tables" | "views"> {
  readonly folder: string;
}

const inOrder = "refit_in_order";
const answersTable = "refit_answers";

/**
 * Runs `prepare` over rows that carry their place instead of their digest, so that its result says which row each of its rows is. They
 * lie in a table, in that order, and are read in parts.
 */
export async function rowsInOrder(
  session: Session,
  { sql, target, answers }: InOrderRequest,
  source: InOrderSource,
): Promise<RowsInOrder> {
  await session.run(`UPDATE ${loadedTable} SET ${rowColumn} = rowid`);
  const columns = await session.withinTime(() => prepareInOrder(session, { sql: sql ?? everything, target }, source));
  const [counted] = await session.rows(`SELECT count(*) FROM ${loadedTable}`);
  const names = Array.from({ length: answers }, (_, i) => `a${i} DOUBLE`);
  await session.run(`CREATE TABLE ${answersTable} (${["place DOUBLE", ...names].join(", ")})`);
  let files = 0;
  return {
    rows: Number(counted![0]),
    columns,
    async part(first, count) {
      const part = { table: inOrder, where: `${rowColumn} >= ${first} AND ${rowColumn} < ${first + count}` };
      const [within] = await session.rows(`SELECT count(*) FROM ${part.table} WHERE ${part.where}`);
      const rows = Number(within![0]);
      const numbers = numbersSql([`${rowColumn}::DOUBLE`], fromSql({ ...part, rows }));
      const [places] = await readNumbers(session, { sql: numbers, rows, columns: 1 });
      return { places: places!, column: columnReader(session, { ...part, columns, rows }) };
    },
    answer: (places, values) => session.append(answersTable, [places, ...values]),
    async write(file) {
      await mkdir(source.folder, { recursive: true });
      const place = path.join(source.folder, `answers-${++files}.${file.format}`);
      const known = new Set(source.columns.map(({ name }) => name));
      await session.run(`COPY (${answersSql(file, known)}) TO ${literal(place)} (${copyOptions[file.format]})`);
      return place;
    },
  };
}

const copyOptions = {
  csv: "FORMAT csv, HEADER true",
  jsonl: "FORMAT json",
  parquet: "FORMAT parquet, COMPRESSION zstd",
} as const;

/** @returns columns of the result. */
async function prepareInOrder(
  session: Session,
  { sql, target }: Pick<InOrderRequest, "target"> & { readonly sql: string },
  source: InOrderSource,
): Promise<ColumnInfo[]> {
  const { hideValues, result, carrying, checked, views } = await readStatement(session, sql, source);
  const read = { trees: [checked, ...views].map(({ tree }) => tree), node: checked.node };
  refuseMissing(source.columns.filter(({ name }) => isReadBesides(read, target, name)));
  if (carrying === null) throw new PrepareNotRowWiseError("several");
  const columns = plainColumns(result);
  try {
    await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${carrying}`);
    await session.run(
      `CREATE TABLE ${inOrder} AS SELECT ${[...castColumns(columns), rowColumn].join(", ")} FROM refit_result ORDER BY ${rowColumn}`,
    );
  } catch (error) {
    throw prepareRefused(error, sql, hideValues);
  }
  const [counts] = await session.rows(`SELECT count(*), count(DISTINCT ${rowColumn}) FROM ${inOrder}`);
  if (counts![0] !== counts![1]) throw new PrepareNotRowWiseError("several");
  await refuseInfinite(session, inOrder, columns);
  return columns;
}

/** @throws UnreadableDataError naming the columns that some file does not have. */
function refuseMissing(needed: readonly TypedColumn[]): void {
  const missing = needed.filter(({ positions }) => positions.some((position) => position < 0));
  if (missing.length === 0) return;
  throw new UnreadableDataError(
    missing.map(({ name, raw, type }) => {
      const words = `There is no column ${quoted(raw)}, which \`prepare\` reads for more than the target. Expected: ${type}; it may be empty.`;
      return finding("missing-column", { column: name }, words);
    }),
  );
}

/** @param known names of the columns of the source. */
function answersSql({ kept, answers, constants }: AnswersFile, known: ReadonlySet<string>): string {
  const isPrepared = kept.some(({ name }) => !known.has(name));
  const values = [
    ...kept.map(({ name, as }) => `${known.has(name) ? "s" : "p"}.${identifier(name)} AS ${identifier(as)}`),
    ...answers.map(
      ({ name, values: of }, i) => `${of === null ? `a.a${i}` : valueSql(of, `a.a${i}`)} AS ${identifier(name)}`,
    ),
    ...constants.map(({ name, value }) => `${literal(value)} AS ${identifier(name)}`),
  ];
  const prepared = isPrepared ? ` LEFT JOIN ${inOrder} p ON p.${rowColumn} = s.${rowColumn}` : "";
  return (
    `SELECT ${values.join(", ")} FROM ${sourceTable} s LEFT JOIN ${answersTable} a ON a.place = s.${rowColumn}::DOUBLE${prepared} ` +
    `ORDER BY s.${rowColumn}`
  );
}

/** A place in the list as what stands there. */
function valueSql(values: readonly (string | number | boolean)[], place: string): string {
  const whens = values.map(
    (value, i) => `WHEN ${i} THEN ${typeof value === "string" ? literal(value) : String(value)}`,
  );
  return `CASE ${place} ${whens.join(" ")} END`;
}
