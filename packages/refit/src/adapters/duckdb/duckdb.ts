import { createRequire } from "node:module";
import type * as library from "@duckdb/node-api";

/**
 * DuckDB's library, loaded at the first call.
 *
 * By `require`: an `import` out of CommonJS has Node read all files of the library once more, to see what they export, which takes as long as all
 * else until the first statement has run.
 */
export function duckdb(): typeof library {
  return createRequire(import.meta.url)("@duckdb/node-api") as typeof library;
}
