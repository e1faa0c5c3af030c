import {
  bucketFloor,
  bucketLogRatio,
  bucketOffset,
  topTexts,
  type ColumnProfile,
  type Profile,
} from "@refit/core/data";

import { fileColumn, sourceTable } from "./load.ts";
import type { Session } from "./session.ts";
import { identifier, inParts } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";

/** What is known of a column beyond its nulls, by file. */
type ColumnDetails = ReadonlyMap<number, Partial<ColumnProfile>>;

type BucketCounts = [bucket: number, count: number][];

/** Columns in one statement. */
const mostTogether = 50;
/** Values of several columns that one statement puts below each other. */
const mostUnnested = 200_000;

const noTexts: Partial<ColumnProfile> = { top: [], otherCount: 0, distinct: 0 };

/** SQL for a value as a number: booleans as 0 and 1, dates and times as epoch milliseconds. */
export function numberSql(value: string, type: TypedColumn["type"]): string {
  return type === "date" || type === "datetime" ? `epoch_ms(${value})::DOUBLE` : `${value}::DOUBLE`;
}

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
  const rowsSql = `FROM ${sourceTable} WHERE ${fileColumn} BETWEEN ${first} AND ${last}`;
  const counts = columns.map(({ name }) => `count(${identifier(name)})`);
  const counted = await session.rows(
    `SELECT ${[fileColumn, "count(*)", ...counts].join(", ")} ${rowsSql} GROUP BY ${fileColumn} ORDER BY ${fileColumn}`,
  );
  const details = await columnDetails(session, {
    rowsSql,
    columns,
    rows: sum(counted.map(([, rows]) => Number(rows))),
  });
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
    rows,
  }: { readonly rowsSql: string; readonly columns: readonly TypedColumn[]; readonly rows: number },
): Promise<Map<TypedColumn, ColumnDetails>> {
  const shown = columns.filter(({ sensitive }) => !sensitive);
  const details = new Map<TypedColumn, ColumnDetails>();
  const parts = inParts(
    shown.filter(({ type }) => type !== "string"),
    mostTogether,
  );
  // Sums have the same digits only where they are added in the same order.
  const ranges: Map<number, Partial<ColumnProfile>[]>[] = [];
  for (const part of parts) ranges.push(await numberRanges(session, rowsSql, part));
  await session.onAllThreads(async () => {
    const together = Math.min(Math.max(1, Math.floor(mostUnnested / rows)), mostTogether);
    for (const [k, part] of parts.entries()) {
      const counted: Map<number, BucketCounts>[] = [];
      for (const few of inParts(part, together)) counted.push(...(await numberBuckets(session, rowsSql, few)));
      for (const [i, column] of part.entries()) {
        const ofFile = (file: number) => counted[i]!.get(file) ?? [];
        const found = [...ranges[k]!].map(([file, range]) => [file, { ...range[i]!, buckets: ofFile(file) }] as const);
        details.set(column, new Map(found));
      }
    }
    for (const column of shown) {
      if (column.type === "string") details.set(column, await textDetails(session, rowsSql, column));
    }
  });
  return details;
}

/** Ranges and sums of number-like columns in one pass, by file. */
async function numberRanges(
  session: Session,
  rowsSql: string,
  columns: readonly TypedColumn[],
): Promise<Map<number, Partial<ColumnProfile>[]>> {
  const values = columns.map(({ name, type }, i) => `${numberSql(identifier(name), type)} AS v${i}`);
  const aggregates = columns.map((_, i) => `min(v${i}), max(v${i}), sum(v${i}), sum(v${i} * v${i})`);
  const rows = await session.rows(
    `SELECT file, ${aggregates.join(", ")} FROM (SELECT ${fileColumn} AS file, ${values.join(", ")} ${rowsSql}) GROUP BY file`,
  );
  return new Map(rows.map(([file, ...range]) => [Number(file), inParts(range, 4).map(rangeProfile)]));
}

function rangeProfile([min, max, sum, sumOfSquares]: readonly unknown[]): Partial<ColumnProfile> {
  if (min === null) return {};
  const sums = { sum: Number(sum), sumOfSquares: Number(sumOfSquares) };
  return {
    min: Number(min),
    max: Number(max),
    // Squares of numbers beyond 1e154 overflow, and JSON has no infinity.
    ...(Number.isFinite(sums.sum) && Number.isFinite(sums.sumOfSquares) && sums),
  };
}

/**
 * Counts of each column by `bucketOf` of core, in ascending order, by file. Grouped, since a `histogram` takes many times
 * as long.
 */
async function numberBuckets(
  session: Session,
  rowsSql: string,
  columns: readonly TypedColumn[],
): Promise<Map<number, BucketCounts>[]> {
  const buckets = columns.map(bucketSql);
  // To take lists apart takes longer than to count, but for a few rows.
  const valuesSql =
    columns.length === 1
      ? `0 AS c, ${buckets[0]} AS b`
      : `unnest(range(${columns.length})) AS c, unnest([${buckets.join(", ")}]) AS b`;
  const counted = `SELECT file, c, b, count(*) AS n FROM (SELECT ${fileColumn} AS file, ${valuesSql} ${rowsSql}) WHERE b IS NOT NULL GROUP BY ALL`;
  const rows = await session.rows(
    `SELECT file, c, string_agg('[' || b || ',' || n || ']', ',') FROM (${counted}) GROUP BY ALL`,
  );
  const found = columns.map(() => new Map<number, BucketCounts>());
  for (const [file, column, pairs] of rows) {
    const read = JSON.parse(`[${String(pairs)}]`) as BucketCounts;
    found[Number(column)]!.set(
      Number(file),
      read.sort(([a], [b]) => a - b),
    );
  }
  return found;
}

function bucketSql({ name, type }: TypedColumn): string {
  const value = numberSql(identifier(name), type);
  const key = `(ceil(ln(abs(${value})) / ${bucketLogRatio}) + ${bucketOffset}) * sign(${value})`;
  return `CASE WHEN abs(${value}) < ${bucketFloor} THEN 0 ELSE (${key})::INTEGER END`;
}

/** The most frequent texts, by file; a file without texts is left out. */
async function textDetails(session: Session, rowsSql: string, { name }: TypedColumn): Promise<ColumnDetails> {
  const value = identifier(name);
  const counted = `SELECT ${fileColumn} AS file, ${value} AS v, count(*) AS n ${rowsSql} AND ${value} IS NOT NULL GROUP BY ALL`;
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

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
