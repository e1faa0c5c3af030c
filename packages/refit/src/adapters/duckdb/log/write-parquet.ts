import { open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { systemClock } from "../../clock.ts";
import { isLeftBehind, temporaryName } from "../../disk/left-behind.ts";
import type { Session } from "../session.ts";
import { literal, literals } from "../sql-text.ts";

interface ParquetToWrite {
  readonly sql: string;
  readonly file: string;
  /** What the file says of itself: JSON. */
  readonly facts: string;
}

/**
 * Writes the result of a query to a name of its own, and then to its name, so that a file is there as a whole or not at all. Files that
 * processes left beside it when they were killed go.
 */
export async function writeParquet(session: Session, { sql, file, facts }: ParquetToWrite): Promise<void> {
  await sweep(path.dirname(file));
  const temporary = `${file}.${temporaryName()}.tmp`;
  try {
    await session.run(
      `COPY (${sql}) TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, KV_METADATA {refit: ${literal(facts)}})`,
    );
    await settle(temporary);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What each file says of itself. */
export async function factsOfParquet(session: Session, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (files.length === 0) return new Map();
  const rows = await session.rows(
    `SELECT file_name, decode(value) FROM parquet_kv_metadata([${literals(files)}]) WHERE decode(key) = 'refit'`,
  );
  return new Map(rows as [string, string][]);
}

/** What was written is on the disk before anything is removed for it. */
async function settle(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".tmp") || !name.includes(".parquet.")) continue;
    const file = path.join(folder, name);
    const made = (await stat(file).catch(() => null))?.mtimeMs;
    if (made !== undefined && isLeftBehind(name, systemClock.now() - made)) await rm(file, { force: true });
  }
}
