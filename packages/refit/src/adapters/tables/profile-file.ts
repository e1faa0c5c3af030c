import { bucketFloor, bucketLogRatio, bucketOffset, topTexts, type ColumnProfile, type Profile } from "@refit/core";

import type { TypedColumn } from "./typed-column.ts";
import { fileColumn, sourceTable } from "./load.ts";
import type { Session } from "./session.ts";
import { identifier, inParts } from "./sql-text.ts";

/** SQL for a value as a number: booleans as 0 and 1, dates and times as epoch milliseconds. */
export function numberSql(value: string, type: TypedColumn["type"]): string {
  return type === "date" || type === "datetime" ? `epoch_ms(${value})::DOUBLE` : `${value}::DOUBLE`;
}

/** Counts one file's rows, column by column. */
export async function profileFile(session: Session, file: number, columns: readonly TypedColumn[]): Promise<Profile> {
  const counts = columns.map(({ name }) => `count(${identifier(name)})`);
  const [row] = await session.rows(`SELECT ${["count(*)", ...counts].join(", ")} FROM ${from(file)}`);
  const rows = Number(row![0]);
  const base = columns.map(({ name, type }, i) => ({ name, type, rows, nulls: rows - Number(row![i + 1]) }));
  const details = await numberDetails(session, file, columns);
  const profiled: ColumnProfile[] = [];
  for (const [i, column] of columns.entries()) {
    if (column.sensitive) profiled.push(base[i]!);
    else if (column.type === "string") profiled.push({ ...base[i]!, ...(await textDetails(session, file, column)) });
    else profiled.push({ ...base[i]!, ...details.get(column) });
  }
  return { format: 1, rows, columns: profiled };
}

function from(file: number): string {
  return `${sourceTable} WHERE ${fileColumn} = ${file}`;
}

/** All number-like columns, up to 50 in one pass. */
async function numberDetails(
  session: Session,
  file: number,
  columns: readonly TypedColumn[],
): Promise<Map<TypedColumn, Partial<ColumnProfile>>> {
  const numbers = columns.filter(({ type, sensitive }) => type !== "string" && !sensitive);
  const details = new Map<TypedColumn, Partial<ColumnProfile>>();
  for (const part of inParts(numbers, 50)) {
    const values = part.map(({ name, type }, i) => `${numberSql(identifier(name), type)} AS v${i}`);
    const aggregates = part.flatMap((_, i) => [
      `min(v${i})`,
      `max(v${i})`,
      `sum(v${i})`,
      `sum(v${i} * v${i})`,
      `histogram(${bucketSql(`v${i}`)})::VARCHAR`,
    ]);
    const [row] = await session.rows(
      `SELECT ${aggregates.join(", ")} FROM (SELECT ${values.join(", ")} FROM ${from(file)})`,
    );
    for (const [i, column] of part.entries()) details.set(column, numberProfile(row!.slice(5 * i, 5 * i + 5)));
  }
  return details;
}

/** `bucketOf` of core, in SQL. */
function bucketSql(value: string): string {
  const key = `(ceil(ln(abs(${value})) / ${bucketLogRatio}) + ${bucketOffset}) * sign(${value})`;
  return `CASE WHEN abs(${value}) < ${bucketFloor} THEN 0 WHEN ${value} IS NOT NULL THEN (${key})::INTEGER END`;
}

function numberProfile([min, max, sum, sumOfSquares, histogram]: readonly unknown[]): Partial<ColumnProfile> {
  if (min === null) return { buckets: [] };
  const sums = { sum: Number(sum), sumOfSquares: Number(sumOfSquares) };
  return {
    min: Number(min),
    max: Number(max),
    // Squares of numbers beyond 1e154 overflow, and JSON has no infinity.
    ...(Number.isFinite(sums.sum) && Number.isFinite(sums.sumOfSquares) && sums),
    buckets: [...String(histogram).matchAll(/(-?\d+)=(\d+)/g)].map(([, key, count]): [number, number] => [
      Number(key),
      Number(count),
    ]),
  };
}

async function textDetails(session: Session, file: number, { name }: TypedColumn): Promise<Partial<ColumnProfile>> {
  const value = identifier(name);
  const counted = `(SELECT ${value} AS v, count(*) AS n FROM ${from(file)} AND ${value} IS NOT NULL GROUP BY 1)`;
  const rows = await session.rows(
    `SELECT v, n, count(*) OVER (), sum(n) OVER () FROM ${counted} ORDER BY n DESC, v COLLATE "C" LIMIT ${topTexts}`,
  );
  const top = rows.map(([text, count]): [string, number] => [String(text), Number(count)]);
  const named = top.reduce((sum, [, count]) => sum + count, 0);
  top.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return { top, otherCount: Number(rows[0]?.[3] ?? 0) - named, distinct: Number(rows[0]?.[2] ?? 0) };
}
