import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { BacktestTimeError } from "@refit/core/errors";
import { columnNameKey, type DataLimits } from "@refit/core/spec";
import { openSession, type Session } from "../duckdb/session.ts";
import { identifier, literal } from "../duckdb/sql-text.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import type { TimeColumn } from "./time-column.ts";

export interface ParquetPlace {
  readonly limits: DataLimits;
  /** A folder for what is written meanwhile. */
  readonly scratch: string;
}

/** When each row came, in the order of the file, epoch milliseconds; `null`: it cannot be read. @throws BacktestTimeError */
export function parquetTimes(
  file: FetchedFile,
  { name, read }: TimeColumn,
  place: ParquetPlace,
): Promise<(number | null)[]> {
  return withSession(place, async (session) => {
    const columns = await session.describe(`SELECT * FROM read_parquet(${literal(file.localPath)})`);
    const column = columns.find((each) => columnNameKey(each.name) === columnNameKey(name));
    if (column === undefined) throw new BacktestTimeError(name, file.path, "it has no such column");
    const isInstant = /^(DATE|TIMESTAMP)/.test(column.type);
    const value = isInstant
      ? `epoch_ms(CAST(${identifier(column.name)} AS TIMESTAMP))`
      : `${identifier(column.name)}::VARCHAR`;
    const rows = await session.rows(`SELECT ${value} FROM ${inOrder(file)}`);
    return rows.map(([at]) => (at === null ? null : isInstant ? Number(at) : read(String(at))));
  });
}

/** The file with these rows only, ascending. The same rows give the same bytes. */
export function cutParquet(file: FetchedFile, rows: readonly number[], place: ParquetPlace): Promise<Uint8Array> {
  return withSession(place, async (session) => {
    const target = path.join(place.scratch, `${randomUUID()}.parquet`);
    const kept = `file_row_number IN (SELECT unnest([${rows.join(", ")}]::BIGINT[]))`;
    try {
      await session.run(
        `COPY (SELECT * EXCLUDE (file_row_number) FROM ${inOrder(file, kept)}) TO ${literal(target)} (FORMAT parquet)`,
      );
      return await readFile(target);
    } finally {
      await rm(target, { force: true });
    }
  });
}

function inOrder({ localPath }: FetchedFile, where = "true"): string {
  return `(FROM read_parquet(${literal(localPath)}, file_row_number = true) WHERE ${where} ORDER BY file_row_number)`;
}

async function withSession<T>({ limits, scratch }: ParquetPlace, use: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(path.join(scratch, `arrivals-${randomUUID()}`), limits);
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}
