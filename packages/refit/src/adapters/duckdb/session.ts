import { mkdir, rm } from "node:fs/promises";
import path from "node:path";

import type { DuckDBDataChunk, JS } from "@duckdb/node-api";

/** Name and DuckDB type of a column of a result. */
export interface ResultColumn {
  readonly name: string;
  /** As DuckDB writes it, such as `DECIMAL(18,3)`. */
  readonly type: string;
}

/** One DuckDB database in memory. Statements run one after the other, however they are called, on one thread, in UTC. */
export interface Session {
  /** Runs statements without a result. */
  run(sql: string): Promise<void>;
  /** Small results only: every row becomes an array. Counts come as bigint. */
  rows(sql: string): Promise<JS[][]>;
  /** Results of any size, in chunks of at most 2,048 rows. */
  eachChunk(sql: string, onChunk: (chunk: DuckDBDataChunk) => void): Promise<void>;
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
  // A statement that begins while another still streams would silently cut that one short.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(statement: () => Promise<T>): Promise<T> => {
    const turn = last.then(statement, statement);
    last = turn;
    return turn;
  };
  return {
    run: (sql) => inTurn(async () => void (await connection.run(sql))),
    rows: (sql) => inTurn(async () => (await connection.runAndReadAll(sql)).getRowsJS()),
    eachChunk: (sql, onChunk) =>
      inTurn(async () => {
        for await (const chunk of await connection.stream(sql)) onChunk(chunk);
      }),
    describe: (sql) =>
      inTurn(async () => {
        const statement = await connection.prepare(sql);
        const columns = Array.from({ length: statement.columnCount }, (_, i) => ({
          name: statement.columnName(i),
          type: String(statement.columnType(i)),
        }));
        statement.destroySync();
        return columns;
      }),
    lock: () =>
      inTurn(async () => {
        await connection.run("SET enable_external_access = false");
        await connection.run("SET lock_configuration = true");
      }),
    close: () =>
      inTurn(async () => {
        connection.closeSync();
        instance.closeSync();
        await rm(scratch, { recursive: true, force: true });
      }),
  };
}
