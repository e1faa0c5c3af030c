import { encodeTarget } from "@refit/core/data";
import { UnseenClassError } from "@refit/core/errors";
import { answersNewRows } from "@refit/core/runtime";
import { isBuiltIn } from "@refit/core/spec";
import { pickRows } from "@refit/core/judge";
import { measureDecline, type Decline, type MeasuredThen, type ScoredRows } from "@refit/core/statistics";
import type { Ports } from "../ports/index.ts";
import type { PreparedTable } from "../ports/tables.ts";
import { rowWeights } from "../data/row-weights.ts";
import { storedMetrics } from "../versions/stored-metrics.ts";
import { primaryAnswers } from "../scoring/model-answers.ts";
import { predictionsOf } from "../scoring/scored-version.ts";
import type { Context, Version } from "../products/context.ts";
import type { Snapshot } from "../products/snapshot.ts";
import { withChampionRows, type ChampionRows } from "./champion-rows.ts";

type MeasurePerformancePorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

/**
 * The champion on labelled rows that are newer than all it has learned from, against itself on its holdout, both scored now.
 * Where it has learned from its holdout since, against what the model reached there that was judged: that number only asks for
 * a retrain, and is never what a verdict rests on.
 *
 * @returns `null` where there are too few such rows (`holdout.minRows`), or it cannot be applied to them.
 */
export async function measurePerformance(
  ports: MeasurePerformancePorts,
  context: Context,
  snapshot: Snapshot,
  champion: Version,
): Promise<Decline | null> {
  const { to } = champion.lineage.holdout;
  if (to === null || !answersNewRows(champion.lineage.learner.name)) return null;
  const { metrics, holdout, seed } = context.spec;
  return withChampionRows(ports, context, { version: champion, data: snapshot }, async (prepared) => {
    ports.out.progress("Scoring the champion on new rows");
    const { target } = prepared.champion.spec;
    const rows = await labelledRowsOf(context, prepared);
    if (rows === null) return null;
    const now = rows.between(Date.parse(to) + 1, Infinity);
    const before = await rowsBefore(ports, context, champion, { rows, specDigest: snapshot.digests.spec });
    if (before === null || Math.min(rowCount(before), now.length) < holdout.minRows) return null;
    return measureDecline({
      metric: metrics.primary,
      settings: metrics,
      task: target.task,
      seed,
      classes: target.classes?.length ?? 0,
      before: before instanceof Uint32Array ? await rows.scored(before) : before,
      now: await rows.scored(now),
    });
  });
}

/** The champion's holdout, or what the model that was judged reached there, where what ships has learned from it since. */
async function rowsBefore(
  { git }: Pick<Ports, "git">,
  { spec }: Context,
  { treeId, lineage }: Version,
  { rows, specDigest }: { readonly rows: LabelledChampionRows; readonly specDigest: string },
): Promise<Uint32Array | MeasuredThen | null> {
  const { from, to, rows: judgedOn } = lineage.holdout;
  if (from === null || to === null) return null;
  if ((lineage.judgedArtifact ?? null) === null) return rows.between(Date.parse(from), Date.parse(to));
  // Under other settings a metric of the model's own may be another one by the same name.
  if (!isBuiltIn(spec.metrics.primary) && lineage.digests.spec !== specDigest) return null;
  const [bytes] = await git.read([`${treeId}:metrics.json`]);
  const value = storedMetrics(bytes ?? null)[spec.metrics.primary];
  return value === undefined ? null : { value, rows: judgedOn };
}

const rowCount = (before: Uint32Array | MeasuredThen) => (before instanceof Uint32Array ? before.length : before.rows);

/** Rows that have a target and a time. */
interface LabelledChampionRows {
  /** Both ends are included, epoch milliseconds. */
  between(from: number, to: number): Uint32Array;
  scored(rows: Uint32Array): Promise<ScoredRows>;
}

async function labelledRowsOf(context: Context, prepared: ChampionRows): Promise<LabelledChampionRows | null> {
  const labels = await labelsOf(context, prepared);
  const times = await timesOf(context, prepared.table);
  if (labels === null || times === null) return null;
  const weights = await rowWeights(context.spec, prepared.table);
  const labelled = prepared.rows.filter((row) => Number.isFinite(labels[row]));
  return {
    between: (from, to) => labelled.filter((row) => times[row]! >= from && times[row]! <= to),
    async scored(rows) {
      const answered = (await predictionsOf(prepared.champion, rows))!;
      const { spec } = context;
      const predictions = await primaryAnswers(
        { spec, table: prepared.table },
        prepared.champion.spec.target,
        rows,
        answered,
      );
      const answers = pickRows(labels, rows);
      if (weights === null) return { target: answers, predictions };
      return { target: answers, predictions, weights: pickRows(weights, rows) };
    },
  };
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
