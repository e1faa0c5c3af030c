import { finding, type FeatureSpec, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";
import type { RowContext } from "../products/context.ts";
import type { FutureRead, PreparedTable } from "../ports/tables.ts";

/** Features that use rows of further tables before these were known: one finding each. */
export async function futureKnowledge(
  { spec, manifest }: RowContext,
  table: Pick<PreparedTable, "futureReads">,
  featureSpec: FeatureSpec,
): Promise<Finding[]> {
  const isDated = manifest.tables?.some(({ availableAt }) => availableAt !== undefined) === true;
  if (!isDated || spec.time === undefined) return [];
  const { columns } = await table.futureReads(inputsOf(featureSpec), false);
  return columns.map(futureFinding);
}

/** Prepared columns that features are made of. */
export function inputsOf({ features }: FeatureSpec): string[] {
  return [...new Set(features.map(({ input }) => input))];
}

export function futureFinding({ column, at, rows }: FutureRead): Finding {
  const when = new Date(at).toISOString();
  const count = rows === 1 ? "1 row" : `${rows} rows`;
  const message = `The feature ${quoted(column)} uses rows of further tables that were not known yet: it changes in ${count} up to ${when} when what became known after that is altered.`;
  return finding("future-knowledge", { column, count: rows }, message);
}
