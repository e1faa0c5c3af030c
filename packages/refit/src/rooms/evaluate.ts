import { acceptSuspects, type Finding } from "@refit/core/data";
import { lookNumber, parseFeatureSpec, type HoldoutFacts } from "@refit/core/history";
import {
  ALPHA,
  anchorBest,
  checkGap,
  checkLearned,
  countClasses,
  learnerChange,
  compareModels,
  compareSlices,
  dummyPredictions,
  scaleOfErrors,
  isAgainstChampion,
  measureFairness,
  metricRow,
  pickRows,
  primaryRow,
  runTests,
  type ComparisonKind,
  excuseFindings,
  type ModelAnswers,
  type ModelsCompared,
  type TestPolicy,
  type TestResult,
} from "@refit/core/judge";
import { answersNewRows, inputMismatches } from "@refit/core/runtime";
import { measuredMetrics, type MetricName } from "@refit/core/spec";
import { harmonicAlpha } from "@refit/core/statistics";
import { nameAcceptors } from "../data/name-acceptors.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Decided } from "../products/decided.ts";
import type { Evaluation } from "../products/evaluation.ts";
import type { Prepared } from "../products/prepared.ts";
import { declaredGroups, type DeclaredGroups } from "../scoring/declared-groups.ts";
import { answeredBy } from "../scoring/elsewhere.ts";
import { loadApplied } from "../scoring/scored-version.ts";
import { drawnTogether } from "../scoring/drawn-together.ts";
import { measureCost } from "../scoring/measure-cost.ts";
import { modelAnswers } from "../scoring/model-answers.ts";
import { scorePair, type JudgedModels, type ScoredPair } from "../scoring/score-pair.ts";
import { sha256 } from "../sha256.ts";
import { readChampionFile } from "../versions/version-folder.ts";

type EvaluatePorts = Pick<
  Ports,
  "clock" | "files" | "git" | "largeFiles" | "learners" | "out" | "resampling" | "sources"
>;

/** What is known before the comparison. */
type BeforeComparison = Pick<Decided, "context" | "snapshot">;

/** Room 7: score challenger, champion and anchor on the same unseen rows: one look. */
export async function evaluate(
  ports: EvaluatePorts,
  decided: BeforeComparison,
  prepared: Prepared,
  training: JudgedModels,
): Promise<Evaluation> {
  const { context } = decided;
  const { spec } = context;
  ports.out.progress("Scoring on the holdout");
  const kind = await kindOfComparison(ports, decided, prepared);
  const pair = await scorePair(ports, { context, kind }, prepared, training);
  const { part, facts, training: known } = pair;
  ports.out.progress("Comparing on the holdout");
  const { instants, clusters } = await drawnTogether(context, prepared, part.rows);
  const declared = await declaredGroups(context, prepared, part.rows);

  const draw = await ports.resampling.open();
  const models = { ...modelsOf(decided, pair, clusters?.groups ?? null), draw };
  const compared = compareModels({
    ...models,
    target: prepared.target,
    sensitive: context.manifest.sensitive.includes(prepared.target.name),
    labels: part.target,
    dummy: await dummyAnswers(context, prepared, part.rows),
    duplicates: pair.duplicates,
  });
  const classes = prepared.target.classes?.length ?? 0;
  const main = primaryRow({ metrics: compared.metrics, primary: models.primary });
  const suspects = [
    ...compared.findings,
    ...suspectsOf(spec, training.challenger, { known, holdout: main?.challenger }),
  ];
  const findings = [...(await prepared.findings()), ...acceptSuspects(suspects, context.manifest.checks)];
  const found = excuseFindings(findings, { kind, improvement: main?.improvement, ofChampion: compared.ofChampion });
  const look = countLook(decided, facts, instants);
  const alpha = harmonicAlpha(ALPHA, look);
  return {
    kind,
    procedures: training.procedure !== null,
    look,
    alpha,
    primary: models.primary,
    minRows: models.minRows,
    classRows: countClasses(prepared.target, part.target),
    learnerChange: isAgainstChampion(kind) ? changeOf(context, training.challenger) : [],
    holdout: facts,
    metrics: compared.metrics.map(metricRow),
    bootstrap: { seed: models.seed, replicates: models.replicates, groups: clusters?.count ?? null },
    ...besideMetrics(compared),
    slices: compareSlices(declared.slices, { ...models, task: spec.task, classes, target: part.target }),
    missingSlices: declared.missing,
    fairness: fairnessOf(declared, models, part.target),
    ...(pair.elsewhere && { elsewhere: pair.elsewhere }),
    cost: await measureCost(ports.clock, pair, spec.budget, models.seed),
    ...scaleOfCanary(spec, pair),
    tests: testImprovement(kind, compared, pair, { ...spec, primary: models.primary, alpha }),
    anchor: anchorOf(compared, pair.answers.anchor),
    findings: await nameAcceptors(ports, context, found),
  };
}

/** What a comparison tells of the models that is not one of the metrics that were asked for. */
function besideMetrics({ dummy, answers, calibration, withoutDuplicates }: ModelsCompared) {
  return { dummy, answers, calibration, withoutDuplicates };
}

async function kindOfComparison(
  ports: EvaluatePorts,
  { context, snapshot: { digests } }: BeforeComparison,
  prepared: Prepared,
): Promise<ComparisonKind> {
  const { champion } = context;
  if (champion === null) return "first-model";
  const text = await readChampionFile(ports, champion, "features.json");
  const features = text === null ? null : parseFeatureSpec(text);
  const sameQuestion = features !== null && JSON.stringify(features.target) === JSON.stringify(prepared.target);
  if (!sameQuestion || inputMismatches(features.inputs, prepared.table.columns).length > 0) return "contract-change";
  if (!(await answersAny(ports, context, prepared))) return "contract-change";
  return champion.lineage.digests.settings === digests.settings ? "refresh" : "change";
}

/** Whether the champion answers a row of the holdout: predictions that were imported say nothing of rows that came since. */
async function answersAny(ports: EvaluatePorts, context: Context, prepared: Prepared): Promise<boolean> {
  const { champion } = context;
  if (champion === null || answersNewRows(champion.lineage.learner.name)) return true;
  const { holdout } = prepared.split;
  return (await answeredBy(await loadApplied(ports, context, prepared, champion), holdout)).length > 0;
}

/** What every comparison of the two models starts from. The same rows, champion and inputs draw the same resamples. */
function modelsOf(
  { context, snapshot }: BeforeComparison,
  { part, facts, answers }: ScoredPair,
  groups: Int32Array | null,
) {
  const { metrics, holdout } = context.spec;
  const seedText = [facts.digest, context.champion?.treeId, snapshot.digests.input].join("|");
  return {
    champion: answers.champion,
    challenger: answers.challenger,
    groups,
    weights: part.weights ?? null,
    settings: metrics,
    metrics: measuredMetrics(metrics),
    primary: metrics.primary,
    minRows: holdout.minRows,
    seed: Number.parseInt(sha256(seedText).slice(0, 8), 16),
    replicates: part.rows.length > 50_000 ? 500 : 2000,
  };
}

/** What a model without features answers for these rows. */
function dummyAnswers(
  { spec }: BeforeComparison["context"],
  { table, target, labels, weights, trainingSide }: Prepared,
  rows: Uint32Array,
): Promise<ModelAnswers> {
  const known = weights && pickRows(weights, trainingSide);
  const predictions = dummyPredictions(target, pickRows(labels, trainingSide), known, rows.length);
  return modelAnswers({ spec, table }, target, rows, predictions);
}

/** By what a canary of a regression would measure its errors. */
function scaleOfCanary(
  { canary, task }: Context["spec"],
  { answers, part }: ScoredPair,
): Pick<Evaluation, "errorScale"> {
  if (canary === undefined || task !== "regression" || answers.champion === null) return {};
  return { errorScale: scaleOfErrors(part.target, answers.champion.predictions) };
}

/** Fairness asks for what is answered, whatever that is worth. @param target [rows]: encoded. */
function fairnessOf(
  { fairness }: DeclaredGroups,
  models: ReturnType<typeof modelsOf>,
  target: Float64Array,
): Evaluation["fairness"] {
  const [champion, challenger] = [models.champion && models.champion.predictions, models.challenger.predictions];
  return fairness.map(({ column, groups }) =>
    measureFairness({ ...models, champion, challenger, clusters: models.groups, column, groups, target }),
  );
}

/** Which of the same candidates is the best may change from one refresh to the next. */
function changeOf(
  { champion }: BeforeComparison["context"],
  { settings }: JudgedModels["challenger"],
): Evaluation["learnerChange"] {
  return champion === null ? [] : learnerChange(champion.lineage.learner, settings);
}

/** Suspects of the challenger's training. @param scored the primary metric on rows that it was trained on, and on the holdout. */
function suspectsOf(
  { metrics, target }: BeforeComparison["context"]["spec"],
  { learned, settings }: JudgedModels["challenger"],
  { known, holdout }: Readonly<Record<"known" | "holdout", number | undefined>>,
): readonly Finding[] {
  return [...checkLearned(learned, settings.learner, target), ...checkGap(metrics.primary, known, holdout, target)];
}

/** Which look this is at its holdout, from 1. */
function countLook(
  { context, snapshot }: BeforeComparison,
  facts: HoldoutFacts,
  instants: Float64Array | null,
): number {
  const { champion, history, ledger, ledgerLost } = context;
  const window = { from: instant(facts.from), to: instant(facts.to), rows: facts.rows };
  const comparison = {
    inputDigest: snapshot.digests.input,
    parent: champion?.treeId ?? null,
    window,
    ...(instants && { instants }),
  };
  return lookNumber(ledger, comparison, ledgerLost ? history.versions.length : 0);
}

function testImprovement(
  kind: ComparisonKind,
  compared: ModelsCompared,
  { answers }: ScoredPair,
  policy: TestPolicy & { readonly primary: MetricName },
): readonly TestResult[] {
  const champion = primaryRow({ metrics: compared.metrics, primary: policy.primary });
  if (answers.champion === null || champion === undefined) return [];
  const anchor = answers.anchor && compared.against(answers.anchor);
  return runTests(kind, { champion, anchor }, policy);
}

function anchorOf({ overChampion, against }: ModelsCompared, answers: ModelAnswers | null): Evaluation["anchor"] {
  const better = answers && overChampion(answers);
  return answers && better && anchorBest(better, against(answers));
}

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));
