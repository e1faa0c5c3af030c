import type { TargetSpec } from "@refit/core/data";
import { isConstant, sampleRows } from "@refit/core/judge";
import {
  declaredOf,
  limitsOf,
  type ArtifactFiles,
  type CandidateSettings,
  type FitRequest,
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
import { primaryScore } from "../scoring/primary-score.ts";

/** Words of the progress by what is trained. A step begins with the reading of its rows, which may take longer than the training. */
export const trainingSteps = {
  candidate: ({ learner }: Pick<CandidateSettings, "learner">) => `Training ${learner}`,
  challenger: "Training the challenger",
  procedure: "Training the champion's settings",
  all: "Training on all rows",
} as const;

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
  const onProgress = (done: number) => ports.out.progress(trainingSteps.candidate(settings), done);
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
    validation: primaryScore({ spec, target }, compared, answers),
    learned: !isConstant(given, compared.target.length),
  };
}

/** What is trained on other rows than before, or for the first time where the validation rows decide nothing. */
export interface SettledCandidate extends Omit<TrainedCandidate, "artifact"> {
  /** Says what the validation rows decided; `null`: they decide nothing. */
  readonly artifact: ArtifactFiles | null;
}

/** When a training by a program begins, and who hears of it. */
type Timing = Pick<FitRequest<unknown>, "after" | "onStarted">;

/** Trains a candidate on other rows, with what its validation rows decided: nothing stops it early. */
export async function trainAgain(
  ports: Pick<Ports, "clock" | "learners" | "out">,
  spec: ModelSpec,
  chosen: SettledCandidate,
  { after, onStarted, ...rows }: FitRows & Timing,
): Promise<Omit<Challenger, "reproducible">> {
  let started = ports.clock.elapsed();
  const timing = {
    ...(after && { after }),
    onStarted: () => {
      started = ports.clock.elapsed();
      onStarted?.();
    },
  };
  const artifact = await trainSettled(ports, spec, chosen, { rows, step: trainingSteps.challenger, timing });
  const seconds = chosen.artifact === null ? (ports.clock.elapsed() - started) / 1000 : chosen.seconds;
  const known = knownRows(spec, chosen.settings, rows.training);
  return { ...chosen, artifact, bytes: artifactBytes(artifact), seconds, ...known };
}

/** Some of the rows that a model has learned from, by which the gap to the holdout is told; a part of a challenger, empty: nobody asks. */
export function knownRows(
  { metrics }: Pick<ModelSpec, "metrics">,
  settings: CandidateSettings,
  training: LabelledRows,
): Pick<Challenger, "known"> {
  // The gap is only told of metrics in [0, 1], and of rows that it is known to have learned from.
  if (!isBuiltIn(metrics.primary) || declaredOf(settings) !== null) return {};
  return { known: sampleRows(training, MOST_SCORED) };
}

/** @param step the words of the progress. */
export async function trainSettled(
  { learners, out }: Pick<Ports, "learners" | "out">,
  spec: ModelSpec,
  { settings, artifact }: Pick<SettledCandidate, "settings" | "artifact">,
  { rows, step, timing = {} }: { readonly rows: FitRows; readonly step: string; readonly timing?: Timing },
): Promise<ArtifactFiles> {
  const learner = await learners.get(settings.learner);
  const onProgress = (done: number) => out.progress(step, done);
  const settled = await settledOf({ learners }, { settings, artifact });
  return learner.fit({ ...fitRequest(spec, rows), settings: settled, onProgress, ...timing });
}

/** The settings that it is trained with: those of model.yaml, and what the validation rows decided. */
export async function settledOf(
  { learners }: Pick<Ports, "learners">,
  { settings, artifact }: Pick<SettledCandidate, "settings" | "artifact">,
): Promise<CandidateSettings> {
  if (artifact === null) return settings;
  return (await learners.get(settings.learner)).settle(settings, artifact) as CandidateSettings;
}

export function fitRequest({ task, seed }: ModelSpec, { target, training, validation, code, start }: FitRows) {
  const classes = target.classes?.length ?? 0;
  return { task, seed, classes, train: training, validation, program: { target, code }, ...(start && { start }) };
}
