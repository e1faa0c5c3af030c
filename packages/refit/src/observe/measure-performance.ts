import { encodeTarget } from "@refit/core/data";
import { UnseenClassError } from "@refit/core/errors";
import { pickRows } from "@refit/core/judge";
import { measureDecline, type Decline, type ScoredRows } from "@refit/core/statistics";
import type { Ports } from "../ports/index.ts";
import type { PreparedTable } from "../ports/tables.ts";
import { rowWeights } from "../data/row-weights.ts";
import { predictionsOf } from "../scoring/scored-version.ts";
import type { Context, Version } from "../products/context.ts";
import type { Snapshot } from "../products/snapshot.ts";
import { withChampionRows, type ChampionRows } from "./champion-rows.ts";

type MeasurePerformancePorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

/**
 * The champion on labelled rows that are newer than its holdout, against itself on its holdout: both scored now, none
 * of them seen in its training.
 *
 * @returns `null` where there are too few such rows (`holdout.minRows`), or it cannot be applied to them.
 */
export async function measurePerformance(
  ports: MeasurePerformancePorts,
  context: Context,
  snapshot: Snapshot,
  champion: Version,
): Promise<Decline | null> {
  const { from, to } = champion.lineage.holdout;
  if (from === null || to === null) return null;
  const { metrics, holdout, seed } = context.spec;
  return withChampionRows(ports, context, { version: champion, files: snapshot.sources }, async (prepared) => {
    ports.out.progress("Scoring the champion on new rows");
    const { target } = prepared.champion.spec;
    const labels = await labelsOf(context, prepared);
    const times = await timesOf(context, prepared.table);
    if (labels === null || times === null) return null;
    const weights = await rowWeights(context.spec, prepared.table);

    const labelled = prepared.rows.filter((row) => Number.isFinite(labels[row]));
    const before = labelled.filter((row) => times[row]! >= Date.parse(from) && times[row]! <= Date.parse(to));
    const now = labelled.filter((row) => times[row]! >= Date.parse(to) + 1);
    if (Math.min(before.length, now.length) < holdout.minRows) return null;
    const scored = async (rows: Uint32Array): Promise<ScoredRows> => {
      const predictions = (await predictionsOf(prepared.champion, rows))!;
      const answers = pickRows(labels, rows);
      return weights === null
        ? { target: answers, predictions }
        : { target: answers, predictions, weights: pickRows(weights, rows) };
    };
    return measureDecline({
      metric: metrics.primary,
      settings: metrics,
      task: target.task,
      seed,
      classes: target.classes?.length ?? 0,
      before: await scored(before),
      now: await scored(now),
    });
  });
}

/** In the champion's own code; `null` where another question is asked today, or there are classes that it does not know. */
async function labelsOf({ spec }: Context, { table, champion }: ChampionRows): Promise<Float64Array | null> {
  const { target } = champion.spec;
  if (target.name !== spec.target || target.task !== spec.task) return null;
  try {
    return encodeTarget(await table.column(spec.target), target);
  } catch (error) {
    if (error instanceof UnseenClassError) return null;
    throw error;
  }
}

/** Epoch milliseconds of every row; `null` where no column says it. */
async function timesOf({ spec }: Context, table: PreparedTable): Promise<Float64Array | null> {
  if (spec.time === undefined) return null;
  const column = await table.column(spec.time);
  return column.kind === "text" ? null : column.values;
}
