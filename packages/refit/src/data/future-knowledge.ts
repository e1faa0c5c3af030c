import { finding, type FeatureSpec, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";
import type { RowContext } from "../products/context.ts";
import type { FutureRead, FutureReads, OrderRead, PreparedTable } from "../ports/tables.ts";

/**
 * Features that use rows of further tables, or other rows of the model, before these were known, and those that depend on the order of
 * rows: one finding each.
 */
export async function futureKnowledge(
  { spec }: RowContext,
  table: Pick<PreparedTable, "futureReads">,
  featureSpec: FeatureSpec,
): Promise<Finding[]> {
  if (spec.time === undefined) return [];
  return futureFindings(await table.futureReads(inputsOf(featureSpec), false));
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
    " A mean, an extreme or a rank over all rows reads later ones, too; scaling is not needed: trees work without it, and linear models scale by their training rows.",
  target: " Use the target of earlier rows only where it was known at the row's time.",
} as const satisfies Readonly<Record<FutureRead["reads"], string>>;

export function futureFindings({ columns, unordered }: Pick<FutureReads, "columns" | "unordered">): Finding[] {
  return [...columns.map(futureFinding), ...unordered.map(orderFinding)];
}

function orderFinding({ column, table, availableAt, rows, at }: OrderRead): Finding {
  const count = rows === 1 ? "1 row has" : `${rows} rows have`;
  const when = new Date(at).toISOString();
  const same = availableAt === null ? "the same key" : `the same key and the same ${quoted(availableAt)}`;
  const message = `The feature ${quoted(column)} depends on the order of the rows of table ${quoted(table)}: with the opposite order ${count} another value, the first of ${when}. Usual cause: two rows of the table have ${same}, and a join takes either.`;
  const by = availableAt === null ? "" : `, ${availableAt}`;
  const hint = `Say which row counts, by a column that tells them apart: in the SQL, \`(FROM ${table} QUALIFY row_number() OVER (PARTITION BY <columns that are joined>${by} ORDER BY <that column> DESC) = 1)\` instead of \`${table}\`.`;
  return { ...finding("row-order", { column, count: rows }, message), hint };
}

function futureFinding({ column, reads, at, rows }: FutureRead): Finding {
  const when = new Date(at).toISOString();
  const count = rows === 1 ? "1 row" : `${rows} rows`;
  const message = `The feature ${quoted(column)} uses ${whatIsRead[reads]}: when data that became known after ${when} are altered, it changes in ${count} from before.${advice[reads]}`;
  return finding("future-knowledge", { column, count: rows }, message);
}
