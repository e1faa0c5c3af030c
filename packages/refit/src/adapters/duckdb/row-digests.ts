import type { FileDigests } from "@refit/core/data";

import { fileColumn, numberColumn, sourceTable } from "./load.ts";
import type { Session } from "./session.ts";
import { columnsAtOnce, identifier, inParts, literal } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";

/**
 * Digests of the rows of one file, in file order, from their values as they were read: the same row in CSV, gzip, JSON Lines or
 * Parquet has the same digest. A column without a value adds nothing, so that a column which begins later leaves older rows what they were.
 *
 * They are DuckDB's own hashes, which are fast and differ from version to version: `digestVersion` of the port.
 *
 * @param key columns of the source that identify a row; none: rows have no key.
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
  if (key.length === 0) return { rows, keys: null };

  const keyed = key.map((name) => columns.find((column) => column.name === name)!);
  const isWhole = keyed.map(({ name }) => `${identifier(name)} IS NOT NULL`).join(" AND ");
  const keys = new BigUint64Array(length);
  await readInto(keys, session, file, `CASE WHEN ${isWhole} THEN ${together(keyed.map(hashSql))} ELSE 0::UBIGINT END`);
  return { rows, keys };
}

function hashSql({ name }: TypedColumn): string {
  const value = identifier(name);
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
      const vector = chunk.getColumnVector(0);
      const { rowCount } = chunk;
      for (let i = 0; i < rowCount; i++) digests[next++]! ^= vector.getItem(i) as bigint;
    },
  );
}
