import { mkdir, rm } from "node:fs/promises";
import path from "node:path";

import type { DuckDBConnection, DuckDBDataChunk, JS } from "@duckdb/node-api";
import { DataLimitError } from "@refit/core/errors";
import type { DataLimits } from "@refit/core/spec";
import { duckdb } from "./duckdb.ts";
import { plannedStatement, type InTurn, type PlannedStatement } from "./planned-statement.ts";
import { machineMemoryMiB, MIB, threadsHere } from "../machine.ts";
import { usualMemoryMiB } from "./session-memory.ts";
import { literal } from "./sql-text.ts";
import { withinLimits } from "./within-limits.ts";

/** Name and DuckDB type of a column of a result. */
export interface ResultColumn {
  readonly name: string;
  /** As DuckDB writes it, such as `DECIMAL(18,3)`. */
  readonly type: string;
}

/**
 * One DuckDB database in memory. Statements run one after the other, however they are called, on one thread unless they are
 * said to bear more, in UTC.
 * Each throws DataLimitError when it needs more memory or disk than the session has.
 */
export interface Session {
  /** Runs statements without a result. */
  run(sql: string): Promise<void>;
  /** Small results only: every row becomes an array. Counts come as bigint. */
  rows(sql: string): Promise<JS[][]>;
  /** Results of any size, in chunks of at most 2,048 rows. */
  eachChunk(sql: string, onChunk: (chunk: DuckDBDataChunk) => void): Promise<void>;
  /** Adds rows to a table, a column of numbers after the other. */
  append(table: string, columns: readonly ArrayLike<number>[]): Promise<void>;
  /** What a statement would give, without running it. */
  describe(sql: string): Promise<ResultColumn[]>;
  /** Plans a statement with parameters of text, to be run again and again. */
  plan(sql: string): Promise<PlannedStatement>;
  /** What it may hold at most. */
  memoryBytes(): number;
  /** Makes room for rows of this many columns, unless a person has said how much memory there is. */
  fitColumns(columns: number): Promise<void>;
  /**
   * Calls statements that together may take as long as the limits say.
   *
   * @throws DataLimitError when they take longer. They are interrupted, and the session can be used again. Where that does not end
   * them, or they fill the machine's memory past DuckDB's own limit, nothing here can catch the error: it ends the process.
   */
  withinTime<T>(statements: () => Promise<T>): Promise<T>;
  /**
   * Calls statements whose result is the same on however many threads: rows that keep their order, counts, extremes. Sums of
   * doubles are not. On one thread once the session is locked.
   */
  onAllThreads<T>(statements: () => Promise<T>): Promise<T>;
  /**
   * From here on no file can be read, written or attached, and no setting changed: what a person's SQL runs in.
   *
   * @param folder where files can be, all the same; left out: nowhere.
   */
  lock(folder?: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a database that spills to `scratch` beyond its memory and removes the folder on close.
 *
 * One thread at first: parallel sums and row orders differ from run to run.
 */
export async function openSession(scratch: string, limits: DataLimits): Promise<Session> {
  const { DuckDBInstance } = duckdb();
  await mkdir(scratch, { recursive: true });
  const machineMiB = machineMemoryMiB();
  let memoryMiB = limits.memoryMiB ?? usualMemoryMiB(machineMiB, 0);
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "1",
    memory_limit: `${memoryMiB}MiB`,
    temp_directory: path.join(scratch, "spill"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  // As an option of the database it is accepted and not kept to.
  await connection.run(`SET max_temp_directory_size = '${limits.spillMiB}MiB'`);
  // A statement that begins while another still streams would silently cut that one short.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: InTurn = (statement) => {
    const turn = last.then(statement, statement).catch((error: unknown) => {
      throw limitReached(error, { memoryMiB, machineMiB, spillMiB: limits.spillMiB }) ?? error;
    });
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
    append: (table, columns) => inTurn(() => appendNumbers(connection, table, columns)),
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
    plan: async (sql) => plannedStatement(connection, await inTurn(() => connection.prepare(sql)), inTurn),
    memoryBytes: () => memoryMiB * MIB,
    fitColumns: async (columns) => {
      const needed = usualMemoryMiB(machineMiB, columns);
      if (limits.memoryMiB !== undefined || needed <= memoryMiB) return;
      memoryMiB = needed;
      await inTurn(async () => void (await connection.run(`SET memory_limit = '${memoryMiB}MiB'`)));
    },
    withinTime: (statements) => withinLimits(connection, limits.prepareSeconds, () => memoryMiB, statements),
    ...freedoms(connection, inTurn),
    close: () =>
      inTurn(async () => {
        connection.closeSync();
        instance.closeSync();
        await rm(scratch, { recursive: true, force: true });
      }),
  };
}

/** What statements may do, which a session loses step by step. */
function freedoms(connection: DuckDBConnection, inTurn: InTurn): Pick<Session, "onAllThreads" | "lock"> {
  const set = async (setting: string) => void (await connection.run(`SET ${setting}`));
  let locked = false;
  return {
    async onAllThreads(statements) {
      if (locked) return statements();
      await inTurn(() => set(`threads = ${threadsHere()}`));
      try {
        return await statements();
      } finally {
        await inTurn(() => set("threads = 1"));
      }
    },
    lock: (folder) =>
      inTurn(async () => {
        if (locked) return;
        locked = true;
        if (folder !== undefined) await set(`allowed_directories = [${literal(folder)}]`);
        await set("enable_external_access = false");
        await set("lock_configuration = true");
      }),
  };
}

/** Rows that DuckDB takes at once. */
const chunkRows = 2048;

async function appendNumbers(
  connection: DuckDBConnection,
  table: string,
  columns: readonly ArrayLike<number>[],
): Promise<void> {
  const { DuckDBDataChunk: chunks } = duckdb();
  const appender = await connection.createAppender(table);
  const types = columns.map((_, i) => appender.columnType(i));
  const rows = columns[0]?.length ?? 0;
  for (let first = 0; first < rows; first += chunkRows) {
    const count = Math.min(chunkRows, rows - first);
    const chunk = chunks.create(types, count);
    for (const [i, column] of columns.entries()) {
      chunk.setColumnValues(
        i,
        Array.from({ length: count }, (_, row) => column[first + row]!),
      );
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** The limit that DuckDB ran into, if it was one. */
function limitReached(
  error: unknown,
  { memoryMiB, machineMiB, spillMiB }: Readonly<Record<"memoryMiB" | "machineMiB" | "spillMiB", number>>,
): DataLimitError | null {
  const message = error instanceof Error ? error.message : "";
  if (!message.startsWith("Out of Memory Error")) return null;
  return message.includes("max_temp_directory_size")
    ? new DataLimitError("spillMiB", spillMiB, { cause: error })
    : new DataLimitError("memoryMiB", memoryMiB, { cause: error, machineMiB });
}
