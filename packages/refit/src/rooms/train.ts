import type { Training } from "../products/training.ts";
import type { Challenger } from "../products/training.ts";
import type { Candidate } from "../products/training.ts";
import { chooseCandidate, evaluateMetrics, sampleRows } from "@refit/core/judge";
import type { ArtifactFiles } from "@refit/core/runtime";
import { takeCandidate } from "../handover/take-candidate.ts";
import type { Ports } from "../ports/index.ts";
import type { Part } from "../products/prepared.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Context } from "../products/context.ts";

/** Training rows that tell how well the challenger knows them. */
const MOST_SCORED = 20_000;

interface Trained extends Candidate {
  readonly artifact: ArtifactFiles;
}

/**
 * Room 6: train every candidate, choose one on validation rows, train that one again on training and validation rows
 * together, so that it knows the newest of them. The holdout is not touched here. Where another job has trained, its
 * candidate is taken and nothing is trained.
 */
export async function train(
  ports: Pick<Ports, "clock" | "learners" | "out">,
  context: Context,
  prepared: Prepared,
): Promise<Training> {
  const { spec, request } = context;
  if (request.candidates !== undefined) return takeCandidate(ports, context, request.candidates);
  const { task, seed } = spec;
  const { primary } = spec.metrics;
  const classes = prepared.target.classes?.length ?? 0;
  const training = await prepared.part(prepared.split.train);
  const validation = await prepared.part(prepared.split.validation);

  const candidates: Trained[] = [];
  for (const settings of spec.candidates) {
    const learner = await ports.learners.get(settings.learner);
    const started = ports.clock.elapsed();
    const onProgress = (done: number) => ports.out.progress(`Training ${settings.learner}`, done);
    const artifact = await learner.fit({ task, classes, settings, seed, train: training, validation, onProgress });
    const predictor = await learner.load(artifact);
    const predictions = predictor.predict(validation.features);
    const { target, weights } = validation;
    const input = { task, classes, settings: spec.metrics, target, predictions, ...(weights && { weights }) };
    candidates.push({
      settings,
      algorithmVersion: learner.algorithmVersion,
      artifact,
      bytes: bytesOf(artifact),
      validation: evaluateMetrics([primary], input)[primary],
      seconds: (ports.clock.elapsed() - started) / 1000,
    });
  }
  const chosen = choose(candidates, context);
  const challenger = await trainAgain(ports, context, prepared, chosen, validation);
  return { candidates, chosen, challenger };
}

async function trainAgain(
  ports: Pick<Ports, "learners" | "out">,
  { spec }: Context,
  prepared: Prepared,
  chosen: Trained,
  validation: Part,
): Promise<Challenger> {
  const learner = await ports.learners.get(chosen.settings.learner);
  const { task, seed } = spec;
  const { primary } = spec.metrics;
  const classes = prepared.target.classes?.length ?? 0;
  const training = await prepared.part(prepared.trainingSide);
  const artifact = await learner.fit({
    ...{ task, classes, seed, train: training, validation },
    settings: learner.settle(chosen.settings, chosen.artifact),
    onProgress: (done) => ports.out.progress("Training the challenger", done),
  });
  const { features, ...labelled } = sampleRows(training, MOST_SCORED);
  const predictions = (await learner.load(artifact)).predict(features);
  const measured = evaluateMetrics([primary], { task, classes, settings: spec.metrics, predictions, ...labelled });
  const onTraining = measured[primary];
  return { ...chosen, artifact, bytes: bytesOf(artifact), training: onTraining };
}

/** The best on validation rows; when none has a value, the first: the gates then refuse it. */
function choose(candidates: readonly Trained[], { spec }: Context): Trained {
  const scored = candidates.map((candidate) => ({
    candidate,
    name: candidate.settings.learner,
    value: candidate.validation,
    sizeBytes: candidate.bytes,
  }));
  return chooseCandidate(scored, spec.metrics.primary)?.candidate ?? candidates[0]!;
}

function bytesOf(artifact: ArtifactFiles): number {
  return [...artifact.values()].reduce((sum, file) => sum + file.byteLength, 0);
}
