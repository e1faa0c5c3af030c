import type { Evaluation } from "../products/evaluation.ts";
import { acceptSuspects } from "@refit/core/data";
import { lookNumber, parseFeatureSpec } from "@refit/core/history";
import {
  checkGap,
  compareModels,
  compareSlices,
  measureFairness,
  metricRow,
  pickRows,
  testNonInferiority,
  testSuperiority,
  type ComparisonKind,
  type CostFacts,
  type SliceGroup,
} from "@refit/core/judge";
import { inputMismatches } from "@refit/core/runtime";
import { sliceName, type Slice } from "@refit/core/spec";
import { harmonicAlpha } from "@refit/core/statistics";
import { sha256 } from "../sha256.ts";
import { nameAcceptors } from "../data/name-acceptors.ts";
import { declaredGroups } from "../scoring/declared-groups.ts";
import { drawnTogether, instantsOf } from "../scoring/drawn-together.ts";
import { measureLatency } from "../scoring/measure-latency.ts";
import type { Ports } from "../ports/index.ts";
import { loadVersion, predictionsOf, type ScoredVersion } from "../scoring/scored-version.ts";
import { readChampionFile } from "../versions/version-folder.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Context } from "../products/context.ts";
import type { Snapshot } from "../products/snapshot.ts";
import type { Training } from "../products/training.ts";

type EvaluatePorts = Pick<Ports, "clock" | "git" | "largeFiles" | "files" | "sources" | "learners" | "out">;

/** Room 7: score challenger, champion and anchor on the same unseen rows: one look. */
export async function evaluate(
  ports: EvaluatePorts,
  context: Context,
  snapshot: Snapshot,
  prepared: Prepared,
  training: Training,
): Promise<Evaluation> {
  const { spec, champion, manifest } = context;
  ports.out.progress("Scoring on the holdout");
  const kind = await comparisonKind(ports, context, snapshot, prepared);
  const opponent = kind === "refresh" || kind === "change" ? champion : null;
  const holdout = await prepared.scoredOn(opponent?.lineage.holdout ?? null);
  const { part, facts } = holdout;
  const { primary } = spec.metrics;

  const challenger = await challengerOf(ports, prepared, training);
  const rival = opponent && (await loadVersion(ports, context, prepared, opponent));
  const answers = challenger.predictor.predict(part.features);
  const rivals = await predictionsOf(rival, part.rows);

  const seedText = [facts.digest, champion?.treeId, snapshot.digests.input].join("|");
  const seed = Number.parseInt(sha256(seedText).slice(0, 8), 16);
  const replicates = part.rows.length > 50_000 ? 500 : 2000;
  const instants = await instantsOf(context, prepared, part.rows);
  const clusters = await drawnTogether(context, prepared, part.rows, instants);
  const names = [...new Set([primary, ...spec.metrics.also])];
  const models = {
    ...{ champion: rivals, challenger: answers, groups: clusters?.groups ?? null },
    ...{ weights: part.weights ?? null, settings: spec.metrics },
    ...{ metrics: names, primary, minRows: spec.holdout.minRows, seed, replicates },
  };
  const compared = compareModels({
    ...models,
    target: prepared.target,
    labels: part.target,
    trainingLabels: pickRows(prepared.labels, prepared.trainingSide),
    trainingWeights: prepared.weights && pickRows(prepared.weights, prepared.trainingSide),
    duplicates: placesOf(prepared.duplicates, part.rows),
  });
  const main = compared.metrics.find((row) => row.metric === primary);

  const missingSlices: string[] = [];
  const groupsOf = async (slice: Slice): Promise<SliceGroup[]> => {
    const groups = await declaredGroups(context, prepared, slice, part.rows);
    if (groups.length === 0) missingSlices.push(sliceName(slice));
    return groups;
  };
  const sliceGroups: SliceGroup[] = [];
  for (const slice of spec.slices) sliceGroups.push(...(await groupsOf(slice)));
  const { task } = spec;
  const classes = prepared.target.classes?.length ?? 0;
  const slices = compareSlices(sliceGroups, { ...models, task, classes, target: part.target });
  const fairness = [];
  for (const { group: column } of spec.fairness) {
    const groups = await groupsOf(column);
    fairness.push(measureFairness({ ...models, clusters: models.groups, column, groups, target: part.target }));
  }

  const window = { from: instant(facts.from), to: instant(facts.to), rows: facts.rows };
  const unseen = context.ledgerLost ? context.history.versions.length : 0;
  const parent = champion?.treeId ?? null;
  const comparison = { inputDigest: snapshot.digests.input, parent, window, ...(instants && { instants }) };
  const look = lookNumber(context.ledger, comparison, unseen);
  const alpha = harmonicAlpha(0.05, look);
  const gap = checkGap(primary, training.challenger.training, main?.challenger, spec.target);

  return {
    ...{ kind, look, alpha, primary, minRows: spec.holdout.minRows, holdout: facts },
    metrics: compared.metrics.map(metricRow),
    bootstrap: { seed, replicates, groups: clusters?.count ?? null },
    dummy: compared.dummy,
    calibration: compared.calibration,
    withoutDuplicates: compared.withoutDuplicates,
    ...{ slices, missingSlices, fairness },
    cost: await costOf(ports, context, part.rows, rival, challenger, seed),
    tests: await runTests(),
    findings: await nameAcceptors(ports, context, [
      ...prepared.findings,
      ...acceptSuspects([...compared.findings, ...gap], manifest.checks),
    ]),
  };

  async function runTests() {
    if (rivals === null || main === undefined) return [];
    if (kind === "change") return [testSuperiority(main, alpha)];
    const anchor = opponent?.lineage.anchor ?? null;
    const anchored = anchor === null ? null : await loadVersion(ports, context, prepared, { treeId: anchor });
    const versusAnchor = await predictionsOf(anchored, part.rows);
    return [
      testNonInferiority("champion", main, spec),
      ...(versusAnchor ? [testNonInferiority("anchor", compared.against(versusAnchor), spec)] : []),
    ];
  }
}

async function comparisonKind(
  ports: Pick<Ports, "git">,
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

async function challengerOf(
  ports: Pick<Ports, "learners">,
  prepared: Prepared,
  { challenger }: Training,
): Promise<ScoredVersion> {
  const learner = await ports.learners.get(challenger.settings.learner);
  return {
    predictor: await learner.load(challenger.artifact),
    features: async (rows) => (await prepared.part(rows)).features,
    bytes: [...challenger.artifact.values()].reduce((sum, file) => sum + file.byteLength, 0),
  };
}

/** Where the rows of `some` stand in `rows`; both ascending. */
function placesOf(some: Uint32Array, rows: Uint32Array): Uint32Array {
  const wanted = new Set(some);
  return Uint32Array.from(rows.keys()).filter((place) => wanted.has(rows[place]!));
}

const MOST_TIMED = 1000;

/** Only what the budget asks for: timing takes a while. */
async function costOf(
  ports: Pick<Ports, "clock">,
  { spec }: Context,
  rows: Uint32Array,
  champion: ScoredVersion | null,
  challenger: ScoredVersion,
  seed: number,
): Promise<CostFacts> {
  const size = champion && { champion: champion.bytes, challenger: challenger.bytes };
  const { maxLatencyRatio, maxP95MsPer1000Rows } = spec.budget;
  const isAsked = maxP95MsPer1000Rows !== undefined || (maxLatencyRatio !== undefined && champion !== null);
  if (!isAsked) return { latency: null, size };
  const batch = rows.slice(0, MOST_TIMED);
  const timed = async ({ predictor, features }: ScoredVersion) => ({ predictor, features: await features(batch) });
  const rival = champion && (await timed(champion));
  const latency = measureLatency(ports.clock, rival, await timed(challenger), seed);
  return { latency, size };
}

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));
