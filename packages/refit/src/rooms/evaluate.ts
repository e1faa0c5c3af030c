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
  type Comparison,
  type ComparisonKind,
  type SliceGroup,
} from "@refit/core/judge";
import { inputMismatches } from "@refit/core/runtime";
import { sliceName, type Slice } from "@refit/core/spec";
import { harmonicAlpha } from "@refit/core/statistics";
import { nameAcceptors } from "../data/name-acceptors.ts";
import type { Ports } from "../ports/index.ts";
import type { Evaluation } from "../products/evaluation.ts";
import type { Question } from "../products/question.ts";
import { declaredGroups } from "../scoring/declared-groups.ts";
import { measureCost } from "../scoring/measure-cost.ts";
import { scorePair, type AskedChallenger, type ScoredPair } from "../scoring/score-pair.ts";
import { loadVersion, predictionsOf } from "../scoring/scored-version.ts";
import { readChampionFile } from "../versions/version-folder.ts";

type EvaluatePorts = Pick<Ports, "clock" | "git" | "largeFiles" | "files" | "sources" | "learners" | "out">;

/** Room 7: score challenger, champion and anchor on the same unseen rows: one look. */
export async function evaluate(ports: EvaluatePorts, question: Question, asked: AskedChallenger): Promise<Evaluation> {
  const { context, prepared } = question;
  const { spec, manifest } = context;
  ports.out.progress("Scoring on the holdout");
  const kind = await kindOfComparison(ports, question);
  const pair = await scorePair(ports, question, asked, kind);
  const whole = compareWhole(question, pair);
  const { primary } = whole;
  const gap = checkGap(primary.metric, asked.training, primary.challenger, spec.target);
  return {
    kind,
    look: whole.look,
    alpha: whole.alpha,
    primary: primary.metric,
    minRows: spec.holdout.minRows,
    holdout: pair.facts,
    metrics: whole.metrics.map(metricRow),
    bootstrap: { seed: pair.seed, replicates: pair.replicates, groups: pair.clusters?.count ?? null },
    dummy: whole.dummy,
    calibration: whole.calibration,
    withoutDuplicates: whole.withoutDuplicates,
    ...(await compareGroups(question, pair)),
    cost: await measureCost(ports, context, pair),
    tests: await testImprovement(ports, question, pair, whole),
    findings: await nameAcceptors(ports, context, [
      ...prepared.findings,
      ...acceptSuspects([...whole.findings, ...gap], manifest.checks),
    ]),
  };
}

async function kindOfComparison(
  ports: Pick<Ports, "git">,
  { context: { champion }, snapshot, prepared }: Question,
): Promise<ComparisonKind> {
  if (champion === null) return "first-model";
  const text = await readChampionFile(ports, champion, "features.json");
  const features = text === null ? null : parseFeatureSpec(text);
  const sameQuestion = features !== null && JSON.stringify(features.target) === JSON.stringify(prepared.target);
  if (!sameQuestion || inputMismatches(features.inputs, prepared.table.columns).length > 0) return "contract-change";
  return champion.lineage.digests.settings === snapshot.digests.settings ? "refresh" : "change";
}

/** What every comparison of the two is told: their answers, and how rows are weighed and drawn. */
function comparedAnswers({ context: { spec } }: Question, pair: ScoredPair) {
  return {
    champion: pair.championAnswers,
    challenger: pair.challengerAnswers,
    groups: pair.clusters?.groups ?? null,
    weights: pair.part.weights ?? null,
    settings: spec.metrics,
    metrics: [...new Set([spec.metrics.primary, ...spec.metrics.also])],
    primary: spec.metrics.primary,
    minRows: spec.holdout.minRows,
    seed: pair.seed,
    replicates: pair.replicates,
  };
}

/** On all rows of the holdout, with the number of this look and the alpha that it may spend. */
function compareWhole(question: Question, pair: ScoredPair) {
  const { prepared } = question;
  const compared = compareModels({
    ...comparedAnswers(question, pair),
    target: prepared.target,
    labels: pair.part.target,
    trainingLabels: pickRows(prepared.labels, prepared.trainingSide),
    trainingWeights: prepared.weights && pickRows(prepared.weights, prepared.trainingSide),
    duplicates: placesOf(prepared.duplicates, pair.part.rows),
  });
  const { primary: name } = question.context.spec.metrics;
  const primary = compared.metrics.find(({ metric }) => metric === name)!;
  const look = nextLook(question, pair);
  return { ...compared, primary, look, alpha: harmonicAlpha(0.05, look) };
}

function nextLook({ context, snapshot }: Question, { facts, instants }: ScoredPair): number {
  const window = { from: instant(facts.from), to: instant(facts.to), rows: facts.rows };
  const unseen = context.ledgerLost ? context.history.versions.length : 0;
  const parent = context.champion?.treeId ?? null;
  const comparison = { inputDigest: snapshot.digests.input, parent, window, ...(instants && { instants }) };
  return lookNumber(context.ledger, comparison, unseen);
}

/** In each group of the declared slices and fairness columns. */
async function compareGroups(
  question: Question,
  pair: ScoredPair,
): Promise<Pick<Comparison, "slices" | "fairness" | "missingSlices">> {
  const { context, prepared } = question;
  const { spec } = context;
  const answers = comparedAnswers(question, pair);
  const { target, rows } = pair.part;
  const missingSlices: string[] = [];
  const groupsOf = async (slice: Slice): Promise<SliceGroup[]> => {
    const groups = await declaredGroups(context, prepared, slice, rows);
    if (groups.length === 0) missingSlices.push(sliceName(slice));
    return groups;
  };

  const sliceGroups: SliceGroup[] = [];
  for (const slice of spec.slices) sliceGroups.push(...(await groupsOf(slice)));
  const classes = prepared.target.classes?.length ?? 0;
  const slices = compareSlices(sliceGroups, { ...answers, task: spec.task, classes, target });

  const fairness: Comparison["fairness"][number][] = [];
  for (const { group: column } of spec.fairness) {
    const { groups: clusters, champion, challenger, weights, settings, seed, replicates } = answers;
    const groups = await groupsOf(column);
    fairness.push(
      measureFairness({
        column,
        groups,
        target,
        champion,
        challenger,
        weights,
        clusters,
        settings,
        seed,
        replicates,
      }),
    );
  }
  return { slices, fairness, missingSlices };
}

/** A change must be better than the champion; a refresh must not be worse than it, nor than the anchor. */
async function testImprovement(
  ports: EvaluatePorts,
  { context, prepared }: Question,
  { kind, championAnswers, part }: ScoredPair,
  whole: ReturnType<typeof compareWhole>,
): Promise<Comparison["tests"]> {
  if (championAnswers === null) return [];
  if (kind === "change") return [testSuperiority(whole.primary, whole.alpha)];
  const treeId = context.champion?.lineage.anchor ?? null;
  const anchor = treeId === null ? null : await loadVersion(ports, context, prepared, { treeId });
  const answers = await predictionsOf(anchor, part.rows);
  return [
    testNonInferiority("champion", whole.primary, context.spec),
    ...(answers ? [testNonInferiority("anchor", whole.against(answers), context.spec)] : []),
  ];
}

/** Where the rows of `some` stand in `rows`; both ascending. */
function placesOf(some: Uint32Array, rows: Uint32Array): Uint32Array {
  const wanted = new Set(some);
  return Uint32Array.from(rows.keys()).filter((place) => wanted.has(rows[place]!));
}

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));
