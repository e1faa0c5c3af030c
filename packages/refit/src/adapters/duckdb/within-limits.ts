import type { DuckDBConnection } from "@duckdb/node-api";
import { DataLimitError } from "@refit/core/errors";

/** Milliseconds in which an interrupted statement ends by itself, if it ever looks. */
const patience = 5000;
/** What the process may grow by besides: results on their way, and what the allocator keeps. */
const besidesMiB = 2048;

const MIB = 1024 * 1024;

/**
 * DuckDB looks at its limits between blocks of 2,048 rows, and counts no text that a function makes. One that works for minutes or
 * makes megabytes in every row can be ended only together with the process, so its error is thrown from a timer, to the
 * handler of all that nobody catches.
 *
 * @param memoryMiB what DuckDB may hold by now. @throws DataLimitError
 */
export async function withinLimits<T>(
  connection: Pick<DuckDBConnection, "interrupt">,
  seconds: number,
  memoryMiB: () => number,
  statements: () => Promise<T>,
): Promise<T> {
  let again: NodeJS.Timeout | undefined;
  let last: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    // An interrupt ends the statement that runs; another one may begin after it.
    again = setInterval(() => connection.interrupt(), 50);
    last = setTimeout(() => fail(new DataLimitError("prepareSeconds", seconds)), patience);
  }, seconds * 1000);
  const before = process.memoryUsage.rss();
  const watch = setInterval(() => {
    const grownMiB = (process.memoryUsage.rss() - before) / MIB;
    if (grownMiB > 2 * memoryMiB() + besidesMiB) fail(new DataLimitError("memoryMiB", memoryMiB()));
  }, 100);
  try {
    return await statements();
  } catch (error) {
    throw again === undefined ? error : new DataLimitError("prepareSeconds", seconds, { cause: error });
  } finally {
    clearTimeout(timer);
    clearInterval(again);
    clearTimeout(last);
    clearInterval(watch);
  }
}

function fail(error: DataLimitError): never {
  throw error;
}
