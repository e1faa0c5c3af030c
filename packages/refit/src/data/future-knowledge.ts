import { finding, type FeatureSpec, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";
import type { RowContext } from "../products/context.ts";
import type { FutureRead, PreparedTable } from "../ports/tables.ts";

/** Features that use rows of further tables, or other rows of the model, before these were known: one finding each. */
export async function futureKnowledge(
  { spec }: RowContext,
  table: Pick<PreparedTable, "futureReads">,
  featureSpec: FeatureSpec,
): Promise<Finding[]> {
  if (spec.time === undefined) return [];
  const { columns } = await table.futureReads(inputsOf(featureSpec), false);
  return columns.map(futureFinding);
}

/** Prepared columns that features are made of. */
export function inputsOf({ features }: FeatureSpec): string[] {
  return [...new Set(features.map(({ input }) => input))];
}

const whatIsRead = {
  tables: "rows of further tables that were not known yet",
  source: "later rows of `source`",
  target: "the target of later rows of `source`, which is what the model has to predict",
} as const satisfies Readonly<Record<FutureRead["reads"], string>>;

/** Besides the hint of the finding, which is about how rows are joined and windows end. */
const advice = {
  tables: "",
  source:
    " A mean, an extreme or a rank over all rows reads later ones, too; for scaling none is needed: trees do without, and linear models scale by their training rows.",
  target: " Even of earlier rows, use only a target that was known by the row's time.",
} as const satisfies Readonly<Record<FutureRead["reads"], string>>;

export function futureFinding({ column, reads, at, rows }: FutureRead): Finding {
  const when = new Date(at).toISOString();
  const count = rows === 1 ? "1 row" : `${rows} rows`;
  const message = `The feature ${quoted(column)} uses ${whatIsRead[reads]}: it changes in ${count} up to ${when} when what became known after that is altered.${advice[reads]}`;
  return finding("future-knowledge", { column, count: rows }, message);
}
