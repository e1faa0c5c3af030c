import type { TargetSpec } from "@refit/core/data";
import { CommandFailedError } from "@refit/core/errors";
import { evaluateMetrics, isConstant, sampleRows, type ModelAnswers } from "@refit/core/judge";
import {
  declaredOf,
  limitsOf,
  type ArtifactFiles,
  type CandidateSettings,
  type LabelledRows,
  type Learner,
  type LiveSettings,
} from "@refit/core/runtime";
import { isBuiltIn, type ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Part } from "../products/prepared.ts";
import { artifactBytes, toldSettings, type Candidate, type Challenger } from "../products/training.ts";
import type { Version } from "../products/context.ts";
import { validationAnswers } from "./validation-answers.ts";
import { modelAnswers, type Measurable } from "../scoring/model-answers.ts";

/** Training rows that tell how well a model knows them. */
const MOST_SCORED = 20_000;

/** A candidate that has learned from the training rows alone. */
export interface TrainedCandidate extends Candidate {
  readonly artifact: ArtifactFiles;
  /** Files of its own program. */
  readonly code: ArtifactFiles;
}

/** The rows that a learner learns from, and those by which it may stop. */
export interface FitRows {
  readonly target: TargetSpec;
  readonly training: Part;
  readonly validation: Part;
  /** Files of the learner's own program, by path; empty: it has none. */
  readonly code: ArtifactFiles;
  /** The model to go on from; absent: none. */
  readonly start?: ArtifactFiles;
}

/** The same, and the table that the rows are of: metrics of the model's own read it. */
export interface ScoredFitRows extends FitRows {
  /** Validation rows that no candidate has learned from: those that it is chosen by. */
  readonly compared: Part;
  readonly table: Measurable["table"];
  /** What a learner that searches goes on from; absent: nothing. */
  readonly live?: Pick<Version, "lineage" | "treeId"> | null;
}

type TrainCandidatePorts = Pick<Ports, "clock" | "learners" | "out">;

/** Trains one candidate, and scores it on the validation rows. */
export async function trainCandidate(
  ports: TrainCandidatePorts,
  spec: ModelSpec,
  settings: CandidateSettings,
  rows: ScoredFitRows,
): Promise<TrainedCandidate> {
  const { algorithmVersion } = await ports.learners.get(settings.learner);
  const started = ports.clock.elapsed();
  const fitted = await fitCandidate(ports, spec, settings, rows);
  return {
    ...(await scoreCandidate(ports, spec, { settings, artifact: fitted.artifact }, rows)),
    ...fitted,
    algorithmVersion,
    code: rows.code,
    bytes: artifactBytes(fitted.artifact),
    seconds: (ports.clock.elapsed() - started) / 1000,
  };
}

/** Trains one candidate, for its validation rows to decide what they decide. */
export async function fitCandidate(
  ports: Pick<Ports, "learners" | "out">,
  spec: ModelSpec,
  settings: CandidateSettings,
  rows: FitRows & Pick<ScoredFitRows, "live">,
): Promise<Pick<TrainedCandidate, "settings" | "artifact">> {
  const learner = await ports.learners.get(settings.learner);
  const onProgress = (done: number) => ports.out.progress(`Training ${settings.learner}`, done);
  const live = learner.searches === true ? liveSettings(settings, rows.live) : {};
  const artifact = await learner.fit({ ...fitRequest(spec, rows), settings, onProgress, ...live });
  return { settings: toldSettings(learner, settings, artifact), artifact };
}

function liveSettings(
  { learner }: CandidateSettings,
  live: ScoredFitRows["live"],
): { readonly champion?: LiveSettings } {
  if (!live || live.lineage.learner.name !== learner) return {};
  return { champion: { settings: live.lineage.learner.settings, seed: Number.parseInt(live.treeId.slice(0, 8), 16) } };
}

/** What a model answers for the validation rows. */
export async function scoreCandidate(
  { learners }: Pick<Ports, "learners">,
  spec: ModelSpec,
  { settings, artifact }: Pick<TrainedCandidate, "settings" | "artifact">,
  { table, target, compared }: Pick<ScoredFitRows, "table" | "target" | "compared">,
): Promise<Pick<Candidate, "validation" | "learned">> {
  const learner = await learners.get(settings.learner);
  const within: Pick<Learner, "load"> = { load: (files) => learner.load(files, limitsOf(settings)) };
  const { given, scored } = await validationAnswers(within, artifact, { target, validation: compared });
  const answers = await modelAnswers({ spec, table }, target, compared.rows, scored);
  return {
    validation: scoreOf(answers, compared, spec, target),
    learned: !isConstant(given, compared.target.length),
  };
}

/** Trains a candidate once more on other rows, with what its validation rows decided: nothing stops it early. */
export async function trainAgain(
  ports: Pick<Ports, "learners" | "out">,
  spec: ModelSpec,
  chosen: TrainedCandidate,
  rows: FitRows,
): Promise<Omit<Challenger, "reproducible">> {
  const artifact = await trainSettled(ports, spec, chosen, { rows, step: "Training the challenger" });
  return scoreAgain(ports, spec, { ...chosen, artifact, bytes: artifactBytes(artifact) }, rows);
}

/** The model with its score on rows that it has learned from. */
export async function scoreAgain(
  ports: Pick<Ports, "learners">,
  spec: ModelSpec,
  again: TrainedCandidate,
  rows: FitRows,
): Promise<Omit<Challenger, "reproducible">> {
  // The gap between training and holdout is only told of metrics in [0, 1], and of rows that it is known to have learned from.
  if (!isBuiltIn(spec.metrics.primary) || declaredOf(again.settings) !== null) return again;
  const learner = await ports.learners.get(again.settings.learner);
  const known = sampleRows(rows.training, MOST_SCORED);
  const predictions = await (await learner.load(again.artifact, limitsOf(again.settings))).predict(known.features);
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

/** Rows on which it is tried whether a program repeats itself. */
const MOST_TRIED = 2000;

/** Whether the learner gives the same model again: known of it, or tried by training twice on some of the rows. */
export async function isReproducible(
  { learners, out }: Pick<Ports, "learners" | "out">,
  spec: ModelSpec,
  settings: CandidateSettings,
  rows: FitRows,
): Promise<boolean> {
  const learner = await learners.get(settings.learner);
  const doubt = learner.mayDiffer?.(settings);
  if (doubt !== "unproven") return doubt === undefined;
  out.progress(`Training ${settings.learner} twice on some rows, to see whether it gives the same model`);
  const [train, validation] = [sampleRows(rows.training, MOST_TRIED), sampleRows(rows.validation, MOST_TRIED)];
  const request = { ...fitRequest(spec, rows), settings, train, validation };
  try {
    return areEqual(await learner.fit(request), await learner.fit(request));
  } catch (error) {
    if (!(error instanceof CommandFailedError)) throw error;
    out.notice(`Whether ${settings.learner} gives the same model again is not known. ${error.message}`);
    return false;
  }
}

function areEqual(some: ArtifactFiles, others: ArtifactFiles): boolean {
  const isSame = ([file, bytes]: readonly [string, Uint8Array]) => {
    const other = others.get(file);
    return other !== undefined && Buffer.compare(bytes, other) === 0;
  };
  return some.size === others.size && [...some].every(isSame);
}

export function fitRequest({ task, seed }: ModelSpec, { target, training, validation, code, start }: FitRows) {
  const classes = target.classes?.length ?? 0;
  return { task, seed, classes, train: training, validation, program: { target, code }, ...(start && { start }) };
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
