import { encodeTarget, labelledRows, unseenRows } from "@refit/core/data";
import { RefitError } from "@refit/core/errors";
import type { Lineage } from "@refit/core/history";
import {
  evaluateMetrics,
  improvement,
  metricOf,
  type MeasuredRows,
  type MeasuredTogether,
  pickRows,
} from "@refit/core/judge";
import { measuredMetrics, type MetricName } from "@refit/core/spec";
import { fetchTables } from "../../data/fetch-tables.ts";
import { holdoutDigest } from "../../data/holdout-digest.ts";
import { digestOfInputs } from "../../data/input-digests.ts";
import { type RowPlaces, rowPlaces } from "../../data/row-places.ts";
import { rowWeights } from "../../data/row-weights.ts";
import { withSource } from "../../data/source-table.ts";
import type { Ports } from "../../ports/index.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import type { PreparedTable, SourceTable } from "../../ports/tables.ts";
import type { RowContext } from "../../products/context.ts";
import type { Prepared } from "../../products/prepared.ts";
import { prepareTable } from "../../rooms/prepare.ts";
import { answeredBy } from "../../scoring/elsewhere.ts";
import { modelAnswers } from "../../scoring/model-answers.ts";
import { type AppliedVersion, loadApplied, predictionsOf } from "../../scoring/scored-version.ts";

export type ScoreBothPorts = Pick<
  Ports,
  "files" | "git" | "largeFiles" | "learners" | "out" | "scratch" | "sources" | "tables"
>;

/** A version that is compared. */
export interface ComparedVersion {
  readonly label: string;
  readonly treeId: string;
  readonly lineage: Lineage;
  /** Its own numbers, of the rows that it was judged on. */
  readonly metrics: Readonly<Record<MetricName, number>>;
}

type Pair = readonly [a: ComparedVersion, b: ComparedVersion];

/**
 * Scores two versions on rows of today's data that neither has learned from. Where there are too few of them: on those that the later
 * one was judged on, where they are still here and the earlier one has not learned from them. What was judged then is not kept where
 * what ships has learned from these rows too, so its own number stands beside the one that is measured now.
 *
 * @returns a sentence: why there are no such rows.
 */
export async function scoreBoth(
  ports: ScoreBothPorts,
  context: RowContext,
  versions: Pair,
): Promise<MeasuredTogether | string> {
  try {
    const listing = await ports.sources.list(context.repository, context.manifest, { workTree: false });
    const broken = listing.findings.find(({ severity }) => severity === "error");
    if (broken !== undefined) return `The data cannot be read: ${broken.message}`;
    const files: FetchedFile[] = [];
    for (const file of listing.files) files.push(await ports.sources.fetch(context.repository, file));
    const tables = await fetchTables(ports, context.repository, context.manifest);
    return await withSource(ports, context, { files, tables, toPrepare: true }, (source) =>
      scoreOn(ports, context, source, versions),
    );
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    return `They cannot be scored here: ${error.message} ${error.hint}`;
  }
}

/** Rows that have a label, and what says who may be scored on them. */
interface ScorableRows {
  readonly table: PreparedTable;
  readonly read: Prepared["read"];
  readonly labelled: Uint32Array;
  /** Epoch milliseconds of every row; `null`: no column says it. */
  readonly times: Float64Array | null;
  readonly places: RowPlaces;
}

async function scoreOn(
  ports: ScoreBothPorts,
  context: RowContext,
  source: SourceTable,
  versions: Pair,
): Promise<MeasuredTogether | string> {
  const broken = source.findings.find(({ severity }) => severity === "error");
  if (broken !== undefined) return `The data cannot be read: ${broken.message}`;
  const { spec } = context;
  ports.out.progress("Preparing rows");
  const table = await prepareTable(context, source);
  const names = new Set(table.columns.map(({ name }) => name));
  const read = async (name: string) => (names.has(name) ? table.column(name) : null);
  const labelled = labelledRows(await table.column(spec.target));
  const rows = { table, read, labelled, times: await timesOf(context, table), places: await rowPlaces(spec, table) };
  const applied: AppliedVersion[] = [];
  for (const version of versions) {
    const loaded = await loadApplied(ports, context, rows, version);
    if (loaded === null) return `${version.label} cannot be applied to the rows of today: their columns are different.`;
    if (loaded.spec.target.name !== spec.target || loaded.spec.target.task !== spec.task)
      return `${version.label} predicts something else than model.yaml asks for today.`;
    applied.push(loaded);
  }
  const [first, second] = applied as [AppliedVersion, AppliedVersion];
  if (JSON.stringify(first.spec.target) !== JSON.stringify(second.spec.target))
    return "They do not predict the same: their classes are different.";
  ports.out.progress("Scoring both versions");
  const unseen = await answeredBy(second, await answeredBy(first, await unseenByBoth(rows, versions)));
  if (unseen.length >= spec.holdout.minRows) {
    const [a, b] = [await scored(context, rows, first, unseen), await scored(context, rows, second, unseen)];
    return { on: rowsOf(rows, unseen), a: "shipped", b: "shipped", metrics: pairs(context, a, b) };
  }
  return besideRecord(ports, context, rows, { versions, applied: [first, second], unseen: unseen.length });
}

async function unseenByBoth(rows: ScorableRows, versions: Pair): Promise<Uint32Array> {
  let left = rows.labelled;
  for (const { lineage } of versions) left = await unseenOf(rows, lineage, left);
  return left;
}

/** Those of the rows that what ships has not learned from; none where nobody can tell. */
async function unseenOf({ times, places }: ScorableRows, lineage: Lineage, rows: Uint32Array): Promise<Uint32Array> {
  const { kind, copies = "together" } = lineage.holdout;
  if (kind === "temporal") return unseenRows(rows, lineage, times, places.positions);
  if (typeof lineage.judgedArtifact === "string" || lineage.declared !== undefined) return new Uint32Array(0);
  return unseenRows(rows, lineage, times, await places.by(copies));
}

interface NotSeenByBoth {
  readonly versions: Pair;
  readonly applied: readonly [AppliedVersion, AppliedVersion];
  /** How many rows neither has learned from. */
  readonly unseen: number;
}

/** The earlier version now, on the rows of the later one's holdout, beside what was measured of the later one there. */
async function besideRecord(
  ports: Pick<Ports, "learners">,
  context: RowContext,
  rows: ScorableRows,
  { versions, applied, unseen }: NotSeenByBoth,
): Promise<MeasuredTogether | string> {
  const { spec, manifest } = context;
  const place = laterOf(versions);
  const later = versions[place];
  const earlier = place === 1 ? versions[0] : versions[1];
  const few = `Only ${unseen} rows are here that neither has learned from; holdout.minRows is ${spec.holdout.minRows}.`;
  const { holdout, digests } = later.lineage;
  if (holdout.from === null || holdout.to === null || rows.times === null) return few;
  const [from, to] = [Date.parse(holdout.from), Date.parse(holdout.to)];
  const window = rows.labelled.filter((row) => rows.times![row]! >= from && rows.times![row]! <= to);
  if ((await unseenOf(rows, earlier.lineage, window)).length < window.length)
    return `${few} ${earlier.label} has learned from rows that ${later.label} was judged on.`;
  const today = digestOfInputs(ports, { spec, manifest });
  if (digests.spec !== today.spec || digests.manifest !== today.manifest)
    return `${few} The settings or the manifest have changed since ${later.label} was judged, so its numbers may mean something else.`;
  if (holdoutDigest(window, rows.places.digests) !== holdout.digest)
    return `${few} The rows that ${later.label} was judged on are not here as they were.`;
  const measured = await scored(context, rows, applied[1 - place]!, window);
  const recorded = typeof later.lineage.judgedArtifact === "string" ? "judged" : "shipped";
  const on = { rows: holdout.rows, from: holdout.from, to: holdout.to };
  return place === 1
    ? { on, a: "shipped", b: recorded, metrics: pairs(context, measured, later.metrics) }
    : { on, a: recorded, b: "shipped", metrics: pairs(context, later.metrics, measured) };
}

/** Which of the two was judged on newer rows. */
function laterOf([a, b]: Pair): 0 | 1 {
  return (a.lineage.holdout.to ?? "") > (b.lineage.holdout.to ?? "") ? 0 : 1;
}

type Numbers = Readonly<Record<MetricName, number | undefined>>;

async function scored(
  { spec }: RowContext,
  { table }: ScorableRows,
  version: AppliedVersion,
  rows: Uint32Array,
): Promise<Numbers> {
  const { target } = version.spec;
  const labels = encodeTarget(await table.column(spec.target), target);
  const weights = await rowWeights(spec, table);
  const predictions = (await predictionsOf(version, rows))!;
  return evaluateMetrics(measuredMetrics(spec.metrics), {
    ...(await modelAnswers({ spec, table }, target, rows, predictions)),
    task: target.task,
    classes: target.classes?.length ?? 0,
    settings: spec.metrics,
    target: pickRows(labels, rows),
    ...(weights && { weights: pickRows(weights, rows) }),
  });
}

function pairs({ spec }: RowContext, a: Numbers, b: Numbers): MeasuredTogether["metrics"] {
  return measuredMetrics(spec.metrics).flatMap((metric) => {
    const [before, after] = [a[metric], b[metric]];
    if (before === undefined || after === undefined) return [];
    return [{ metric, a: before, b: after, improvement: improvement(metricOf(metric, spec.metrics), before, after) }];
  });
}

function rowsOf({ times }: ScorableRows, rows: Uint32Array): MeasuredRows {
  if (times === null) return { rows: rows.length, from: null, to: null };
  let [from, to] = [Infinity, -Infinity];
  for (const row of rows) [from, to] = [Math.min(from, times[row]!), Math.max(to, times[row]!)];
  return { rows: rows.length, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

async function timesOf({ spec }: RowContext, table: PreparedTable): Promise<Float64Array | null> {
  if (spec.time === undefined) return null;
  const column = await table.column(spec.time);
  return column.kind === "text" ? null : column.values;
}
