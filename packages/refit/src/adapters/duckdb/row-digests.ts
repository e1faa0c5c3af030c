import type { FileDigests } from "@refit/core/data";

import { fileColumn, loadedTable } from "./load.ts";
import { namedPart } from "./named-part.ts";
import type { Session } from "./session.ts";
import { columnsAtOnce, identifier, inParts, literal } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";
import { vectorItems } from "./vector-items.ts";

/**
 * Digests of the rows of neighbouring files, in file order, from their values as they were read: the same row in CSV, gzip, JSON
 * Lines or Parquet has the same digest. A column without a value adds nothing, so that a column which begins later leaves older rows what
 * they were.
 *
 * They are DuckDB's own hashes, which are fast, and may change with its version: then `digestVersion` of
 * `data/digest-version.ts` has to rise, and a test says so.
 *
 * @param first number of the first file; `last`, of the last one.
 * @param key columns of the source that identify a row; none, or one that is not there: rows have no key.
 */
export async function digestLoadedFiles(
  session: Session,
  { first, last }: { readonly first: number; readonly last: number },
  columns: readonly TypedColumn[],
  key: readonly string[],
): Promise<FileDigests[]> {
  const where = `FROM ${loadedTable} WHERE ${fileColumn} BETWEEN ${first} AND ${last}`;
  const counted = await session.rows(`SELECT ${fileColumn}, count(*) ${where} GROUP BY ${fileColumn}`);
  const counts = new Map(counted.map(([file, rows]) => [Number(file), Number(rows)]));
  const rowsOfAll = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // Rows come as they lie, in the order of the files. Halves of each digest, since JavaScript is slow with 64 bits.
  const read = async (sql: string, into: BigUint64Array): Promise<void> => {
    const halves = new Uint32Array(into.buffer);
    let next = 0;
    await session.eachChunk(`SELECT ${sql} ${where}`, (chunk) => {
      const { buffer, byteOffset, length } = vectorItems(chunk.getColumnVector(0), BigUint64Array);
      const items = new Uint32Array(buffer, byteOffset, 2 * length);
      for (const [i, half] of items.entries()) halves[next + i]! ^= half;
      next += items.length;
    });
  };
  const rows = new BigUint64Array(rowsOfAll);
  for (const part of inParts(columns, columnsAtOnce)) await read(together(part.map(hashSql)), rows);
  const keyed = columns.filter(({ name }) => key.includes(name));
  const keys = key.length === 0 || keyed.length < key.length ? null : new BigUint64Array(rowsOfAll);
  if (keys !== null) {
    const isWhole = keyed.map(({ name }) => `${identifier(name)} IS NOT NULL`).join(" AND ");
    await read(`CASE WHEN ${isWhole} THEN ${together(keyed.map(keyHashSql))} ELSE 0::UBIGINT END`, keys);
  }
  let end = 0;
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const start = end;
    end += counts.get(first + i) ?? 0;
    return { rows: rows.slice(start, end), keys: keys && keys.slice(start, end) };
  });
}

/** What identifies a row is the path of its file, and not what the file holds. */
function keyHashSql(column: TypedColumn): string {
  const { name, type } = column;
  return type === "file" ? `hash(${literal(name)}, ${namedPart(identifier(name), "path")})` : hashSql(column);
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
