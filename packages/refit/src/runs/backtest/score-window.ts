import { noChangeAnswers } from "@refit/core/backtest";
import { encodeTarget, type FeatureSpec, type TargetSpec } from "@refit/core/data";
import { UnseenClassError } from "@refit/core/errors";
import { evaluateMetrics, pickRows } from "@refit/core/judge";
import { applyFeatures, inputMismatches, type ArtifactFiles, type Column } from "@refit/core/runtime";
import { measuredMetrics } from "@refit/core/spec";
import type { LineNight } from "@refit/core/backtest";
import { rowWeights } from "../../data/row-weights.ts";
import { withSource } from "../../data/source-table.ts";
import { modelAnswers } from "../../scoring/model-answers.ts";
import { prepareSome } from "../../observe/champion-rows.ts";
import type { Ports } from "../../ports/index.ts";
import type { PreparedTable } from "../../ports/tables.ts";
import type { RowContext } from "../../products/context.ts";
import { fetchedTables, type ArrivedData } from "./arrived-files.ts";

/** What answers for a line. */
export interface Answering {
  readonly learner: string;
  readonly featureSpec: FeatureSpec;
  readonly artifact: ArtifactFiles;
}

/** Rows that came after one night and up to the next, epoch milliseconds. */
export interface Window {
  readonly after: number;
  readonly until: number;
  /** Milliseconds until a label is known. */
  readonly delay: number;
}

export interface WindowScores {
  /** Labelled rows. */
  readonly rows: number;
  /** By what answered; `"no-change"` for the newest label that was known. */
  readonly metrics: ReadonlyMap<Answering | "no-change", LineNight["metrics"]>;
}

type ScorePorts = Pick<Ports, "git" | "learners" | "out" | "scratch" | "tables">;

/**
 * Test, then train: the answers to rows that nobody had learned from, prepared from what had come by the end of the window.
 * What is broken or has no label is not scored.
 */
export async function scoreWindow(
  ports: ScorePorts,
  context: RowContext,
  data: ArrivedData,
  { window, models }: { readonly window: Window; readonly models: ReadonlySet<Answering> },
): Promise<WindowScores> {
  const nothing: WindowScores = { rows: 0, metrics: new Map() };
  const { files } = data;
  if (files.length === 0) return nothing;
  return withSource(ports, context, { files, tables: fetchedTables(data) }, async (source) => {
    const table = await prepareSome(context, source);
    const rows = table && (await windowRows(context, table, window));
    if (table === null || rows === null || rows.length === 0) return nothing;
    const scored = new Map<Answering | "no-change", LineNight["metrics"]>();
    const weights = await rowWeights(context.spec, table);
    const { spec } = context;
    const measure = async (target: TargetSpec, labels: Float64Array, predictions: Float64Array) =>
      defined(
        evaluateMetrics(measuredMetrics(spec.metrics), {
          ...(await modelAnswers({ spec, table }, target, rows, predictions)),
          task: target.task,
          classes: target.classes?.length ?? 0,
          settings: spec.metrics,
          target: pickRows(labels, rows),
          ...(weights && { weights: pickRows(weights, rows) }),
        }),
      );
    for (const model of models) {
      const { target } = model.featureSpec;
      const labels = await labelsOf(table, target);
      const predictions = labels && (await answersOf(ports, table, model, rows));
      if (labels === null || predictions === null) continue;
      scored.set(model, await measure(target, labels, predictions));
      if (scored.has("no-change")) continue;
      const times = await timesOf(context, table);
      const classes = target.classes?.length ?? 0;
      const guesses = times && noChangeAnswers({ times, labels, delay: window.delay, classes }, rows);
      if (guesses !== null) scored.set("no-change", await measure(target, labels, guesses));
    }
    return { rows: rows.length, metrics: scored };
  });
}

function defined(values: Record<string, number | undefined>): LineNight["metrics"] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

async function timesOf({ spec }: RowContext, table: PreparedTable): Promise<Float64Array | null> {
  const column = await table.column(spec.time!);
  return column.kind === "text" ? null : column.values;
}

/** Rows of the window with a label, ascending. */
async function windowRows(context: RowContext, table: PreparedTable, window: Window): Promise<Uint32Array | null> {
  const times = await timesOf(context, table);
  if (times === null) return null;
  const target = await table.column(context.spec.target);
  const isLabelled = (row: number) =>
    target.kind === "text" ? target.codes[row]! >= 0 : Number.isFinite(target.values[row]);
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  return all.filter((row) => times[row]! > window.after && times[row]! <= window.until && isLabelled(row));
}

/** `null` where a class has come that the model does not know. */
async function labelsOf(table: PreparedTable, target: TargetSpec): Promise<Float64Array | null> {
  try {
    return encodeTarget(await table.column(target.name), target);
  } catch (error) {
    if (error instanceof UnseenClassError) return null;
    throw error;
  }
}

async function answersOf(
  { learners }: Pick<Ports, "learners">,
  table: PreparedTable,
  { learner, featureSpec, artifact }: Answering,
  rows: Uint32Array,
): Promise<Float64Array | null> {
  if (inputMismatches(featureSpec.inputs, table.columns).length > 0) return null;
  const known = new Set(table.columns.map(({ name }) => name));
  const read = async (name: string): Promise<Column | null> => (known.has(name) ? table.column(name) : null);
  const predictor = await (await learners.get(learner)).load(artifact);
  return predictor.predict(await applyFeatures(featureSpec, read, rows));
}
