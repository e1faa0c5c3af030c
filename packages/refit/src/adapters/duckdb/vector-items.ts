import type { DuckDBVector } from "@duckdb/node-api";

type NumberArray = Float64Array | BigUint64Array | Int32Array;

/**
 * The values of a vector without nulls as one array, to be copied at once: to ask for each of them takes ten times as long.
 *
 * @param kind what values of the column's type lie in. @throws TypeError where they lie in something else.
 */
export function vectorItems<T extends NumberArray>(vector: DuckDBVector, kind: abstract new (...args: never) => T): T {
  // The library declares it as private; its own tests read it, and a test here does.
  const { items } = vector as unknown as { readonly items: unknown };
  if (items instanceof kind) return items;
  throw new TypeError(`a vector of ${String(vector.type)} holds no ${kind.name}`);
}
