import {
  applyFeatures,
  comparePaired,
  evaluateMetrics,
  harmonicAlpha,
  improvement,
  inputMismatches,
  isSufficientSlice,
  lookNumber,
  parseFeatureSpec,
  testNonInferiority,
  testSuperiority,
  type Comparison,
  type ComparisonKind,
  type Lineage,
  type MetricName,
  type MetricRow,
  type PairedComparison,
  type SliceRow,
} from "@refit/core";
import { sha256 } from "../adapters/sha256.ts";
import type { Ports } from "../ports.ts";
import { groupRows } from "../slices.ts";
import { readArtifact, readChampionFile } from "../version-folder.ts";
import type { Part, Prepared } from "./prepare.ts";
import { readLineage, type Context } from "./read.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Training } from "./train.ts";

export interface Evaluation extends Comparison {
  /** Which evaluation this is on its holdout, from 1, and the alpha that it may spend. */
  readonly look: number;
  readonly alpha: number;
}

/** Room 6: score challenger, champion and anchor on the same unseen rows: one look. */
export async function evaluate(
  ports: Ports,
  context: Context,
  snapshot: Snapshot,
  prepared: Prepared,
  training: Training,
): Promise<Evaluation> {
  const { spec, champion } = context;
  ports.out.progress("Scoring on the holdout");
  const kind = await comparisonKind(ports, context, snapshot, prepared);
  const opponent = kind === "refresh" || kind === "change" ? champion : null;
  const holdout = await prepared.scoredOn(opponent?.lineage.holdout ?? null);
  const learner = await ports.learners.get(training.challenger.settings.learner);
  const challenger = (await learner.load(training.challenger.artifact)).predict(holdout.part.features);
  const against = opponent && (await predictionsOf(ports, context, prepared, opponent, holdout.part.rows));

  const seed = Number.parseInt(
    sha256([holdout.facts.digest, champion?.treeId, snapshot.digests.input].join("|")).slice(0, 8),
    16,
  );
  const compare = (metric: MetricName, other: Float64Array) =>
    comparePaired({
      ...{ metric, task: spec.task, classes: prepared.target.classes?.length ?? 0, seed },
      ...{ target: holdout.part.target, champion: other, challenger },
      replicates: holdout.part.rows.length > 50_000 ? 500 : 2000,
    });
  const names = metricNames(context);
  const metrics = against
    ? names.map((metric) => compare(metric, against))
    : alone(names, context, prepared, holdout.part, challenger);

  const window = { from: instant(holdout.facts.from), to: instant(holdout.facts.to), rows: holdout.facts.rows };
  const unseen = context.ledgerLost ? context.history.versions.length : 0;
  const parent = champion?.treeId ?? null;
  const look = lookNumber(context.ledger, { inputDigest: snapshot.digests.input, parent, window }, unseen);
  const alpha = harmonicAlpha(0.05, look);

  return {
    kind,
    look,
    alpha,
    holdout: holdout.facts,
    minRows: spec.holdout.minRows,
    primary: spec.metrics.primary,
    metrics: metrics.map(metricRow),
    ...(await sliceRows(context, prepared, holdout.part, against, challenger)),
    tests: await runTests(),
    findings: prepared.findings,
  };

  async function runTests() {
    const { primary } = spec.metrics;
    const main = metrics.find((row) => row.metric === primary);
    if (against === null || main === undefined) return [];
    if (kind === "change") return [testSuperiority(main, alpha)];
    const anchor = opponent?.lineage.anchor ?? null;
    const versusAnchor =
      anchor && (await predictionsOf(ports, context, prepared, { treeId: anchor }, holdout.part.rows));
    return [
      testNonInferiority("champion", main, spec),
      ...(versusAnchor ? [testNonInferiority("anchor", compare(primary, versusAnchor), spec)] : []),
    ];
  }
}

async function comparisonKind(
  ports: Ports,
  { champion }: Context,
  { digests }: Snapshot,
  prepared: Prepared,
): Promise<ComparisonKind> {
  if (champion === null) return "first-model";
  const text = await readChampionFile(ports, champion, "features.json");
  const features = text === null ? null : parseFeatureSpec(text);
  const sameQuestion = features !== null && JSON.stringify(features.target) === JSON.stringify(prepared.target);
  if (!sameQuestion || inputMismatches(features.inputs, prepared.table.columns).length > 0) return "contract-change";
  return champion.lineage.digests.settings === digests.settings ? "refresh" : "change";
}

/** A version's predictions for rows of today's prepared data, through its own transform. */
async function predictionsOf(
  ports: Ports,
  { repository }: Context,
  prepared: Prepared,
  version: { readonly treeId: string; readonly lineage?: Lineage },
  rows: Uint32Array,
): Promise<Float64Array | null> {
  const features = await readChampionFile(ports, version, "features.json");
  const lineage = version.lineage ?? (await readLineage(ports, repository, `${version.treeId}:lineage.json`));
  if (features === null || lineage === null) return null;
  const spec = parseFeatureSpec(features);
  if (inputMismatches(spec.inputs, prepared.table.columns).length > 0) return null;
  const learner = await ports.learners.get(lineage.learner.name);
  const predictor = await learner.load(await readArtifact(ports, version));
  return predictor.predict(await applyFeatures(spec, prepared.read, rows));
}

function metricNames({ spec }: Context): MetricName[] {
  return [...new Set([spec.metrics.primary, ...spec.metrics.also])];
}

/** A first model has nobody to be compared with. */
function alone(
  names: readonly MetricName[],
  { spec }: Context,
  prepared: Prepared,
  part: Part,
  predictions: Float64Array,
) {
  const input = { task: spec.task, classes: prepared.target.classes?.length ?? 0, target: part.target, predictions };
  const values = evaluateMetrics(names, input);
  return names.map((metric): PairedComparison => ({
    metric,
    champion: undefined,
    challenger: values[metric],
    improvement: undefined,
    interval: null,
    standardError: null,
    pSuperior: null,
    method: "none",
  }));
}

function metricRow({
  metric,
  champion,
  challenger,
  improvement: better,
  interval,
  pSuperior,
}: PairedComparison): MetricRow {
  return { metric, champion, challenger, improvement: better, interval, pSuperior };
}

async function sliceRows(
  context: Context,
  prepared: Prepared,
  part: Part,
  champion: Float64Array | null,
  challenger: Float64Array,
): Promise<Pick<Comparison, "slices" | "missingSlices">> {
  const { spec } = context;
  const names = metricNames(context);
  const classes = prepared.target.classes?.length ?? 0;
  const outputs = spec.task === "multiclass" ? classes : 1;
  const slices: SliceRow[] = [];
  const missingSlices: string[] = [];
  for (const name of spec.slices) {
    const column = await prepared.read(name);
    const groups = column === null ? [] : await groupRows(column, part.rows);
    if (groups.length === 0) missingSlices.push(name);
    for (const { value, members } of groups) {
      const target = Float64Array.from(members, (i) => part.target[i]!);
      const scores = (predictions: Float64Array) =>
        evaluateMetrics(names, {
          task: spec.task,
          classes,
          target,
          predictions: rowsOf(predictions, members, outputs),
        });
      const now = scores(challenger);
      const before = champion === null ? {} : scores(champion);
      slices.push({
        column: name,
        value,
        rows: members.length,
        sufficient: isSufficientSlice(spec.task, target),
        metrics: names.map((metric) => sliceMetric(metric, before[metric], now[metric])),
      });
    }
  }
  return { slices, missingSlices };
}

function sliceMetric(metric: MetricName, champion: number | undefined, challenger: number | undefined): MetricRow {
  const both = champion !== undefined && challenger !== undefined;
  const better = both ? improvement(metric, champion, challenger) : undefined;
  return { metric, champion, challenger, improvement: better, interval: null, pSuperior: null };
}

function rowsOf(predictions: Float64Array, members: Uint32Array, outputs: number): Float64Array {
  const picked = new Float64Array(members.length * outputs);
  members.forEach((row, i) => picked.set(predictions.subarray(row * outputs, (row + 1) * outputs), i * outputs));
  return picked;
}

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));
