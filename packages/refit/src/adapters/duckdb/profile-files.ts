import { topTexts, type ColumnProfile, type Profile } from "@refit/core/data";

import { fileColumn, loadedTable } from "./load.ts";
import { numberCounter } from "./number-counter.ts";
import { numberSql, numbersSql } from "./number-sql.ts";
import type { Session } from "./session.ts";
import { columnsAtOnce, identifier, inParts } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";
import { vectorItems } from "./vector-items.ts";

/** What is known of a column beyond its nulls, by file. */
type ColumnDetails = ReadonlyMap<number, Partial<ColumnProfile>>;

/** A file by its number, and its rows. */
interface CountedFile {
  readonly file: number;
  readonly rows: number;
}

/** Columns of numbers in one statement: each holds 300 KB of counts. */
const mostTogether = 50;
/** Texts that are laid below one another; more are cheaper to count column by column. */
const mostBelow = 1_000_000;

const noTexts: Partial<ColumnProfile> = { top: [], otherCount: 0, distinct: 0 };

/**
 * Counts the rows of neighbouring files, column by column, in statements over all of them: most of what a statement
 * over a small file takes is its planning.
 *
 * @param first number of the first file; `last`, of the last one.
 * @returns a profile for each file, the same as it would have without the others.
 */
export async function profileLoadedFiles(
  session: Session,
  { first, last }: { readonly first: number; readonly last: number },
  columns: readonly TypedColumn[],
): Promise<Profile[]> {
  // Below the views: they name all columns, and to bind them takes longer than to read some.
  const rowsSql = `${loadedTable} WHERE ${fileColumn} BETWEEN ${first} AND ${last}`;
  const { files, present } = await session.onAllThreads(() => countPresent(session, rowsSql, columns));
  const details = await columnDetails(session, { rowsSql, columns, files });
  return files.map(({ file, rows }, k) => {
    const profiled = columns.map((column, i): ColumnProfile => {
      const { name, type } = column;
      const known = details.get(column);
      return { name, type, rows, nulls: rows - present[i]![k]!, ...(known && (known.get(file) ?? noTexts)) };
    });
    return { format: 1, rows, columns: profiled };
  });
}

/** Rows of each file, and values of each column: [column][file]. */
async function countPresent(
  session: Session,
  rowsSql: string,
  columns: readonly TypedColumn[],
): Promise<{ readonly files: readonly CountedFile[]; readonly present: readonly (readonly number[])[] }> {
  let files: readonly CountedFile[] = [];
  const present: (readonly number[])[] = [];
  for (const part of inParts(columns, columnsAtOnce)) {
    const counts = part.map(({ name }) => `count(${identifier(name)})`);
    const counted = await session.rows(
      `SELECT ${[fileColumn, "count(*)", ...counts].join(", ")} FROM ${rowsSql} GROUP BY ${fileColumn} ORDER BY ${fileColumn}`,
    );
    files = counted.map(([file, rows]) => ({ file: Number(file), rows: Number(rows) }));
    present.push(...part.map((_, i) => counted.map((numbers) => Number(numbers[2 + i]))));
  }
  return { files, present };
}

/** What the values of each column are; nothing of sensitive ones. */
async function columnDetails(
  session: Session,
  {
    rowsSql,
    columns,
    files,
  }: { readonly rowsSql: string; readonly columns: readonly TypedColumn[]; readonly files: readonly CountedFile[] },
): Promise<Map<TypedColumn, ColumnDetails>> {
  const shown = columns.filter(({ sensitive }) => !sensitive);
  const numbers = shown.filter(({ type }) => type !== "string");
  const details = new Map<TypedColumn, ColumnDetails>();
  for (const part of inParts(numbers, mostTogether)) {
    const counted = await countNumbers(session, rowsSql, part, files);
    for (const [i, column] of part.entries()) details.set(column, counted[i]!);
  }
  const texts = shown.filter(({ type }) => type === "string");
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const together = Math.max(1, Math.min(Math.floor(mostBelow / rows), columnsAtOnce));
  await session.onAllThreads(async () => {
    for (const part of inParts(texts, together)) {
      const counted = await textDetails(session, rowsSql, part);
      for (const [i, column] of part.entries()) details.set(column, counted[i]!);
    }
  });
  return details;
}

/** Reads number-like columns once, in the order of the rows: sums have the same digits only where they are added in the same order. */
async function countNumbers(
  session: Session,
  rowsSql: string,
  columns: readonly TypedColumn[],
  files: readonly CountedFile[],
): Promise<ColumnDetails[]> {
  const selected = columns.map(({ name, type }) => numberSql(identifier(name), type));
  const counters = columns.map(() => numberCounter());
  const details = columns.map(() => new Map<number, Partial<ColumnProfile>>());
  let [place, left] = [0, files[0]?.rows ?? 0];
  await session.eachChunk(numbersSql(selected, rowsSql), (chunk) => {
    const vectors = columns.map((_, i) => vectorItems(chunk.getColumnVector(i), Float64Array));
    const { rowCount } = chunk;
    for (let first = 0; first < rowCount;) {
      const end = Math.min(rowCount, first + left);
      for (const [i, counter] of counters.entries()) counter.add(vectors[i]!.subarray(first, end));
      left -= end - first;
      first = end;
      if (left > 0) continue;
      for (const [i, counter] of counters.entries()) details[i]!.set(files[place]!.file, counter.take());
      left = files[++place]?.rows ?? 0;
    }
  });
  return details;
}

/**
 * The most frequent texts of columns, by file; a file without texts is left out. Where there are several columns, their
 * texts lie below one another, so that one statement is planned.
 */
async function textDetails(
  session: Session,
  rowsSql: string,
  columns: readonly TypedColumn[],
): Promise<ColumnDetails[]> {
  const names = columns.map(({ name }) => identifier(name));
  const texts =
    names.length === 1
      ? `SELECT ${fileColumn} AS file, 0 AS i, ${names[0]!} AS v FROM ${rowsSql}`
      : `SELECT ${fileColumn} AS file, unnest(range(${names.length})) AS i, unnest([${names.join(", ")}]) AS v FROM ${rowsSql}`;
  const counted = `SELECT file, i, v, count(*) AS n FROM (${texts}) WHERE v IS NOT NULL GROUP BY ALL`;
  const rows = await session.rows(
    `SELECT file, i, count(*), sum(n), min({'n': -n, 'v': v}, ${topTexts}) FROM (${counted}) GROUP BY file, i`,
  );
  const details = columns.map(() => new Map<number, Partial<ColumnProfile>>());
  for (const [file, i, distinct, sum, least] of rows) {
    const top = (least as { n: bigint; v: string }[]).map(({ n, v }): [string, number] => [v, -Number(n)]);
    const named = top.reduce((total, [, count]) => total + count, 0);
    top.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    details[Number(i)]!.set(Number(file), { top, otherCount: Number(sum) - named, distinct: Number(distinct) });
  }
  return details;
}
