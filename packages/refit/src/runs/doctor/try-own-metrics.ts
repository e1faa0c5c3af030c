import { fitTarget, labelledRows, type TargetSpec } from "@refit/core/data";
import { fetchTables } from "../../data/fetch-tables.ts";
import { withSource } from "../../data/source-table.ts";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import { checkOwnMetrics } from "../../rooms/check-own-metrics.ts";
import { prepareTable } from "../../rooms/prepare.ts";

type TryOwnMetricsPorts = Pick<Ports, "files" | "git" | "out" | "scratch" | "sources" | "tables">;

/** Enough to meet a missing value, and few enough for any expression. */
const mostRows = 200;

/**
 * Computes the model's own metrics for the first rows of its newest data file, with each answer in turn, so that nobody has to train to
 * learn what is wrong with an expression. Reads that file; nothing where there is none, or where it cannot be read.
 *
 * @throws PrepareInvalidError, MetricInvalidError with the place in model.yaml, MetricValueError, DataLimitError
 */
export async function tryOwnMetrics(ports: TryOwnMetricsPorts, context: Context): Promise<void> {
  const { spec, manifest, repository } = context;
  if (Object.keys(spec.metrics.own ?? {}).length === 0) return;
  const { files } = await ports.sources.list(repository, manifest, { workTree: false });
  const newest = files.at(-1);
  if (newest === undefined) return;
  const data = {
    files: [await ports.sources.fetch(repository, newest)],
    tables: await fetchTables(ports, repository, manifest),
    toPrepare: true,
  };
  await withSource(ports, context, data, async (source) => {
    if (source.findings.some(({ severity }) => severity === "error")) return;
    const table = await prepareTable(context, source);
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
