import { ColumnMissingError, WeightInvalidError } from "@refit/core/errors";
import type { ModelSpec } from "@refit/core/spec";
import type { PreparedTable } from "../ports/tables.ts";

/**
 * Sample weights, one per row of the table; `null`: all 1.
 *
 * @throws ColumnMissingError, WeightInvalidError
 */
export async function rowWeights(
  { weight }: Pick<ModelSpec, "weight">,
  table: Pick<PreparedTable, "columns" | "column">,
): Promise<Float64Array | null> {
  if (weight === undefined) return null;
  const names = table.columns.map(({ name }) => name);
  if (!names.includes(weight)) throw new ColumnMissingError("weight", weight, names);
  const column = await table.column(weight);
  const values = column.kind === "text" ? new Float64Array(column.codes.length) : column.values;
  const bad = values.reduce((count, each) => count + (each > 0 && each < Infinity ? 0 : 1), 0);
  if (bad > 0) throw new WeightInvalidError(weight, bad, values.length);
  return values;
}
