import { topTexts, type ColumnProfile, type Profile } from "@refit/core/data";

import { fileColumn, sourceTable } from "./load.ts";
import { numberCounter } from "./number-counter.ts";
import { numberSql, numbersSql } from "./number-sql.ts";
import type { Session } from "./session.ts";
import { identifier, inParts } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";
import { vectorItems } from "./vector-items.ts";

/** What is known of a column beyond its nulls, by file. */
type ColumnDetails = ReadonlyMap<number, Partial<ColumnProfile>>;

/** A file by its number, and its rows. */
interface CountedFile {
  readonly file: number;
  readonly rows: number;
}

/** Columns in one statement. */
const mostTogether = 50;

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
  const rowsSql = `${sourceTable} WHERE ${fileColumn} BETWEEN ${first} AND ${last}`;
  const counts = columns.map(({ name }) => `count(${identifier(name)})`);
  const counted = await session.onAllThreads(() =>
    session.rows(
      `SELECT ${[fileColumn, "count(*)", ...counts].join(", ")} FROM ${rowsSql} GROUP BY ${fileColumn} ORDER BY ${fileColumn}`,
    ),
  );
  const files = counted.map(([file, rows]) => ({ file: Number(file), rows: Number(rows) }));
  const details = await columnDetails(session, { rowsSql, columns, files });
  return counted.map((numbers) => {
    const [file, rows, ...present] = numbers.map(Number) as [number, number, ...number[]];
    const profiled = columns.map((column, i): ColumnProfile => {
      const { name, type } = column;
      const known = details.get(column);
      return { name, type, rows, nulls: rows - present[i]!, ...(known && (known.get(file) ?? noTexts)) };
    });
    return { format: 1, rows, columns: profiled };
  });
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
  await session.onAllThreads(async () => {
    for (const column of shown) {
      if (column.type === "string") details.set(column, await textDetails(session, rowsSql, column));
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
  await session.eachChunk(numbersSql(selected, `(FROM ${rowsSql})`), (chunk) => {
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

/** The most frequent texts, by file; a file without texts is left out. */
async function textDetails(session: Session, rowsSql: string, { name }: TypedColumn): Promise<ColumnDetails> {
  const value = identifier(name);
  const counted = `SELECT ${fileColumn} AS file, ${value} AS v, count(*) AS n FROM ${rowsSql} AND ${value} IS NOT NULL GROUP BY ALL`;
  const rows = await session.rows(
    `SELECT file, count(*), sum(n), min({'n': -n, 'v': v}, ${topTexts}) FROM (${counted}) GROUP BY file`,
  );
  return new Map(
    rows.map(([file, distinct, texts, least]) => {
      const top = (least as { n: bigint; v: string }[]).map(({ n, v }): [string, number] => [v, -Number(n)]);
      const named = top.reduce((sum, [, count]) => sum + count, 0);
      top.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      return [Number(file), { top, otherCount: Number(texts) - named, distinct: Number(distinct) }];
    }),
  );
}
