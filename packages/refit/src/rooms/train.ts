import type { TargetSpec } from "@refit/core/data";
import { chooseCandidate, evaluateMetrics, sampleRows } from "@refit/core/judge";
import type { ArtifactFiles, CandidateSettings, LabelledRows, Predictor } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import { takeCandidate } from "../handover/take-candidate.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Part, Prepared } from "../products/prepared.ts";
import type { Candidate, Challenger, Training } from "../products/training.ts";

/** Training rows that tell how well the challenger knows them. */
const MOST_SCORED = 20_000;

interface Trained extends Candidate {
  readonly artifact: ArtifactFiles;
}

/** The rows that a learner learns from, and those by which it may stop. */
interface FitRows {
  readonly target: TargetSpec;
  readonly training: Part;
  readonly validation: Part;
}

type TrainPorts = Pick<Ports, "clock" | "learners" | "out">;

/**
 * Room 6: train every candidate, choose one on validation rows, train that one again on training and validation rows
 * together, so that it knows the newest of them. The holdout is not touched here. Where another job has trained, its
 * candidate is taken and nothing is trained.
 */
export async function train(ports: TrainPorts, context: Context, prepared: Prepared): Promise<Training> {
  const { spec, request } = context;
  if (request.candidates !== undefined) return takeCandidate(ports, context, request.candidates);
  const { target, split, trainingSide } = prepared;
  const validation = await prepared.part(split.validation);
  const candidates = await trainAll(ports, spec, { target, training: await prepared.part(split.train), validation });
  const chosen = choose(candidates, spec);
  const challenger = await trainAgain(ports, spec, chosen, {
    target,
    training: await prepared.part(trainingSide),
    validation,
  });
  return { candidates, chosen, challenger };
}

async function trainAll(ports: TrainPorts, spec: ModelSpec, rows: FitRows): Promise<readonly Trained[]> {
  const trained: Trained[] = [];
  for (const settings of spec.candidates) trained.push(await trainCandidate(ports, spec, settings, rows));
  return trained;
}

async function trainCandidate(
  ports: TrainPorts,
  spec: ModelSpec,
  settings: CandidateSettings,
  rows: FitRows,
): Promise<Trained> {
  const learner = await ports.learners.get(settings.learner);
  const started = ports.clock.elapsed();
  const onProgress = (done: number) => ports.out.progress(`Training ${settings.learner}`, done);
  const artifact = await learner.fit({ ...fitRequest(spec, rows), settings, onProgress });
  const validation = scoreOn(rows.validation, await learner.load(artifact), spec, rows.target);
  return {
    settings,
    algorithmVersion: learner.algorithmVersion,
    artifact,
    bytes: bytesOf(artifact),
    validation,
    seconds: (ports.clock.elapsed() - started) / 1000,
  };
}

async function trainAgain(
  ports: Pick<Ports, "learners" | "out">,
  spec: ModelSpec,
  chosen: Trained,
  rows: FitRows,
): Promise<Challenger> {
  const learner = await ports.learners.get(chosen.settings.learner);
  const artifact = await learner.fit({
    ...fitRequest(spec, rows),
    settings: learner.settle(chosen.settings, chosen.artifact),
    onProgress: (done) => ports.out.progress("Training the challenger", done),
  });
  const known = sampleRows(rows.training, MOST_SCORED);
  const training = scoreOn(known, await learner.load(artifact), spec, rows.target);
  return { ...chosen, artifact, bytes: bytesOf(artifact), training };
}

function fitRequest({ task, seed }: ModelSpec, { target, training, validation }: FitRows) {
  return { task, seed, classes: target.classes?.length ?? 0, train: training, validation };
}

/** The primary metric on these rows; `undefined` where it does not exist. */
function scoreOn(
  { features, target, weights }: LabelledRows,
  predictor: Predictor,
  { task, metrics }: ModelSpec,
  { classes }: TargetSpec,
): number | undefined {
  return evaluateMetrics([metrics.primary], {
    task,
    classes: classes?.length ?? 0,
    settings: metrics,
    target,
    predictions: predictor.predict(features),
    ...(weights && { weights }),
  })[metrics.primary];
}

/** The best on validation rows; when none has a value, the first: the gates then refuse it. */
function choose(candidates: readonly Trained[], { metrics }: ModelSpec): Trained {
  const scored = candidates.map((candidate) => ({
    candidate,
    name: candidate.settings.learner,
    value: candidate.validation,
    sizeBytes: candidate.bytes,
  }));
  return chooseCandidate(scored, metrics.primary)?.candidate ?? candidates[0]!;
}

function bytesOf(artifact: ArtifactFiles): number {
  return [...artifact.values()].reduce((sum, file) => sum + file.byteLength, 0);
}
