import { fitTarget, labelledRows, type TargetSpec } from "@refit/core/data";
import type { Context } from "../../products/context.ts";
import { checkOwnMetrics } from "../../rooms/check-own-metrics.ts";
import { withNewestRows, type NewestRowsPorts } from "./newest-rows.ts";

/** Enough to meet a missing value, and few enough for any expression. */
const mostRows = 200;

/**
 * Computes the model's own metrics for the first rows of its newest data file, with each answer in turn, so that nobody has to train to
 * learn what is wrong with an expression. Reads that file; nothing where there is none, or where it cannot be read.
 *
 * @throws PrepareInvalidError, MetricInvalidError with the place in model.yaml, MetricValueError, DataLimitError
 */
export async function tryOwnMetrics(ports: NewestRowsPorts, context: Context): Promise<void> {
  const { spec } = context;
  if (Object.keys(spec.metrics.own ?? {}).length === 0) return;
  await withNewestRows(ports, context, async (table) => {
    const column = await table.column(spec.target);
    const labelled = labelledRows(column);
    const rows = labelled.slice(0, mostRows);
    const target = fitTarget(column, spec, labelled);
    await checkOwnMetrics(ports, context, { table, target }, { rows, predictions: everyAnswer(target, rows.length) });
  });
}

/** Predictions of a model that gives one answer after the other; of a number, one after the other from 0 on. */
function everyAnswer({ task, classes }: TargetSpec, rows: number): Float64Array {
  const count = classes?.length ?? 1;
  if (task !== "multiclass")
    return Float64Array.from({ length: rows }, (_, row) => (task === "binary" ? row % 2 : row));
  return Float64Array.from({ length: rows * count }, (_, place) =>
    Number(place % count === Math.floor(place / count) % count),
  );
}
