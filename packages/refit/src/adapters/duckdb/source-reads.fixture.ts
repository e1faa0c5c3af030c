import { onTestFinished } from "vitest";

import { duckdb } from "./duckdb.ts";

/** Rows that are looked at to guess types. */
const sample = /\) LIMIT \d+\)/;
/** As DuckDB's functions are called with a file. */
const reading = /read_(?:csv|json|parquet)\('((?:[^']|'')*)'/g;

/**
 * Notes how often DuckDB is told to go over all rows of a file, until the test ends. What a statement would give, and a sample of rows, do
 * not count.
 *
 * @returns the folder and name of the file for each reading, in order; `tail` where only the new rows of a file that grew are read.
 */
export function sourceReads(): string[] {
  const names: string[] = [];
  const { prototype } = duckdb().DuckDBConnection;
  const { run, stream } = prototype;
  const note = (sql: string): void => {
    if (sample.test(sql)) return;
    for (const [, file] of sql.matchAll(reading))
      names.push(file!.endsWith(".tail.csv") ? "tail" : file!.split("/").slice(-2).join("/"));
  };
  prototype.run = function (sql, ...others) {
    note(sql);
    return run.call(this, sql, ...others);
  };
  prototype.stream = function (sql, ...others) {
    note(sql);
    return stream.call(this, sql, ...others);
  };
  onTestFinished(() => void Object.assign(prototype, { run, stream }));
  return names;
}
