import type { TargetSpec } from "@refit/core/data";
import { evaluateMetrics, isConstant, sampleRows, type ModelAnswers } from "@refit/core/judge";
import type { ArtifactFiles, CandidateSettings, LabelledRows } from "@refit/core/runtime";
import { isBuiltIn, type ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Part } from "../products/prepared.ts";
import { artifactBytes, type Candidate, type Challenger } from "../products/training.ts";
import { modelAnswers, type Measurable } from "../scoring/model-answers.ts";

/** Training rows that tell how well a model knows them. */
const MOST_SCORED = 20_000;

/** A candidate that has learned from the training rows alone. */
export interface TrainedCandidate extends Candidate {
  readonly artifact: ArtifactFiles;
}

/** The rows that a learner learns from, and those by which it may stop. */
export interface FitRows {
  readonly target: TargetSpec;
  readonly training: Part;
  readonly validation: Part;
}

/** The same, and the table that the validation rows are of: metrics of the model's own read it. */
export interface ScoredFitRows extends FitRows {
  readonly table: Measurable["table"];
}

type TrainCandidatePorts = Pick<Ports, "clock" | "learners" | "out">;

/** Trains one candidate, and scores it on the validation rows. */
export async function trainCandidate(
  ports: TrainCandidatePorts,
  spec: ModelSpec,
  settings: CandidateSettings,
  rows: ScoredFitRows,
): Promise<TrainedCandidate> {
  const learner = await ports.learners.get(settings.learner);
  const started = ports.clock.elapsed();
  const onProgress = (done: number) => ports.out.progress(`Training ${settings.learner}`, done);
  const artifact = await learner.fit({ ...fitRequest(spec, rows), settings, onProgress });
  const predictions = await (await learner.load(artifact)).predict(rows.validation.features);
  const answers = await modelAnswers({ spec, table: rows.table }, rows.target, rows.validation.rows, predictions);
  const validation = scoreOf(answers, rows.validation, spec, rows.target);
  return {
    settings,
    algorithmVersion: learner.algorithmVersion,
    artifact,
    bytes: artifactBytes(artifact),
    validation,
    learned: !isConstant(predictions, rows.validation.target.length),
    seconds: (ports.clock.elapsed() - started) / 1000,
  };
}

/** Trains a candidate once more on other rows, with what its validation rows decided: nothing stops it early. */
export async function trainAgain(
  ports: Pick<Ports, "learners" | "out">,
  spec: ModelSpec,
  chosen: TrainedCandidate,
  rows: FitRows,
): Promise<Challenger> {
  const artifact = await trainSettled(ports, spec, chosen, { rows, step: "Training the challenger" });
  const again = { ...chosen, artifact, bytes: artifactBytes(artifact) };
  // The gap between training and holdout is only told of metrics in [0, 1].
  if (!isBuiltIn(spec.metrics.primary)) return again;
  const learner = await ports.learners.get(chosen.settings.learner);
  const known = sampleRows(rows.training, MOST_SCORED);
  const predictions = await (await learner.load(artifact)).predict(known.features);
  return { ...again, training: scoreOf({ predictions }, known, spec, rows.target) };
}

/** @param step the words of the progress. */
export async function trainSettled(
  { learners, out }: Pick<Ports, "learners" | "out">,
  spec: ModelSpec,
  { settings, artifact }: Pick<TrainedCandidate, "settings" | "artifact">,
  { rows, step }: { readonly rows: FitRows; readonly step: string },
): Promise<ArtifactFiles> {
  const learner = await learners.get(settings.learner);
  const onProgress = (done: number) => out.progress(step, done);
  return learner.fit({ ...fitRequest(spec, rows), settings: learner.settle(settings, artifact), onProgress });
}

function fitRequest({ task, seed }: ModelSpec, { target, training, validation }: FitRows) {
  return { task, seed, classes: target.classes?.length ?? 0, train: training, validation };
}

/** The primary metric on these rows; `undefined` where it does not exist. */
function scoreOf(
  answers: ModelAnswers,
  { target, weights }: LabelledRows,
  { task, metrics }: ModelSpec,
  { classes }: TargetSpec,
): number | undefined {
  return evaluateMetrics([metrics.primary], {
    ...answers,
    task,
    classes: classes?.length ?? 0,
    settings: metrics,
    target,
    ...(weights && { weights }),
  })[metrics.primary];
}
