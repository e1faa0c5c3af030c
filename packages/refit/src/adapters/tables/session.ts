import { mkdir, rm } from "node:fs/promises";
import path from "node:path";

import type { DuckDBDataChunk, JS } from "@duckdb/node-api";

/** Name and DuckDB type of a column of a result. */
export interface ResultColumn {
  readonly name: string;
  /** As DuckDB writes it, such as `DECIMAL(18,3)`. */
  readonly type: string;
}

/** One DuckDB database in memory. All statements run one after the other, on one thread, in UTC. */
export interface Session {
  /** Runs statements without a result. */
  run(sql: string): Promise<void>;
  /** Small results only: every row becomes an array. Counts come as bigint. */
  rows(sql: string): Promise<JS[][]>;
  /** Results of any size, in chunks of at most 2,048 rows. */
  stream(sql: string): AsyncIterable<DuckDBDataChunk>;
  /** What a statement would give, without running it. */
  describe(sql: string): Promise<ResultColumn[]>;
  /** From here on no file can be read, written or attached, and no setting changed. */
  lock(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a database that spills to `scratch` beyond 400 MB and removes the folder on close.
 *
 * One thread: parallel sums and row orders differ from run to run.
 */
export async function openSession(scratch: string): Promise<Session> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  await mkdir(scratch, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "1",
    memory_limit: "400MB",
    temp_directory: path.join(scratch, "spill"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async rows(sql) {
      return (await connection.runAndReadAll(sql)).getRowsJS();
    },
    async *stream(sql) {
      yield* await connection.stream(sql);
    },
    async describe(sql) {
      const statement = await connection.prepare(sql);
      const columns = Array.from({ length: statement.columnCount }, (_, i) => ({
        name: statement.columnName(i),
        type: String(statement.columnType(i)),
      }));
      statement.destroySync();
      return columns;
    },
    async lock() {
      await connection.run("SET enable_external_access = false");
      await connection.run("SET lock_configuration = true");
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
