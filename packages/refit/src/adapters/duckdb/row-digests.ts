import type { FileDigests } from "@refit/core/data";

import { fileColumn, numberColumn, sourceTable } from "./load.ts";
import type { Session } from "./session.ts";
import { columnsAtOnce, identifier, inParts, literal } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";
import { vectorItems } from "./vector-items.ts";

/**
 * Digests of the rows of one file, in file order, from their values as they were read: the same row in CSV, gzip, JSON Lines or
 * Parquet has the same digest. A column without a value adds nothing, so that a column which begins later leaves older rows what they were.
 *
 * They are DuckDB's own hashes, which are fast, and may change with its version: then `digestVersion` of
 * `data/digest-version.ts` has to rise, and a test says so.
 *
 * @param key columns of the source that identify a row; none, or one that is not there: rows have no key.
 */
export async function digestRows(
  session: Session,
  file: number,
  columns: readonly TypedColumn[],
  key: readonly string[],
): Promise<FileDigests> {
  const [counted] = await session.rows(`SELECT count(*) FROM ${sourceTable} WHERE ${fileColumn} = ${file}`);
  const length = Number(counted![0]);
  const rows = new BigUint64Array(length);
  for (const part of inParts(columns, columnsAtOnce)) {
    await readInto(rows, session, file, together(part.map(hashSql)));
  }
  const keyed = columns.filter(({ name }) => key.includes(name));
  if (key.length === 0 || keyed.length < key.length) return { rows, keys: null };
  const isWhole = keyed.map(({ name }) => `${identifier(name)} IS NOT NULL`).join(" AND ");
  const keys = new BigUint64Array(length);
  await readInto(keys, session, file, `CASE WHEN ${isWhole} THEN ${together(keyed.map(hashSql))} ELSE 0::UBIGINT END`);
  return { rows, keys };
}

/** A whole number has the digest of the decimal one, which the column may become. */
function hashSql({ name, type }: TypedColumn): string {
  const value = identifier(name);
  if (type === "integer") {
    const [whole, decimal] = [`hash(${literal(name)}, ${value})`, `hash(${literal(name)}, ${value}::DOUBLE)`];
    return `CASE WHEN ${value} IS NULL THEN 0::UBIGINT WHEN abs(${value}) < ${Number.MAX_SAFE_INTEGER} THEN ${decimal} ELSE ${whole} END`;
  }
  return `CASE WHEN ${value} IS NULL THEN 0::UBIGINT ELSE hash(${literal(name)}, ${value}) END`;
}

/** Hashes in any order. Halved again and again, since SQL may not nest as deep as tables are wide. */
function together(hashes: readonly string[]): string {
  if (hashes.length === 1) return hashes[0]!;
  const half = Math.ceil(hashes.length / 2);
  return `xor(${together(hashes.slice(0, half))}, ${together(hashes.slice(half))})`;
}

async function readInto(digests: BigUint64Array, session: Session, file: number, sql: string): Promise<void> {
  let next = 0;
  await session.eachChunk(
    `SELECT ${sql} FROM ${sourceTable} WHERE ${fileColumn} = ${file} ORDER BY ${numberColumn}`,
    (chunk) => {
      const items = vectorItems(chunk.getColumnVector(0), BigUint64Array);
      for (const [i, item] of items.entries()) digests[next + i]! ^= item;
      next += items.length;
    },
  );
}
