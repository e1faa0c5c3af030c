import { chooseCandidate, evaluateMetrics, type ArtifactFiles, type CandidateSettings } from "@refit/core";
import type { Ports } from "../ports.ts";
import type { Prepared } from "./prepare.ts";
import type { Context } from "./read.ts";

export interface Candidate {
  readonly settings: CandidateSettings;
  readonly algorithmVersion: number;
  readonly artifact: ArtifactFiles;
  readonly bytes: number;
  /** The primary metric on validation rows; `undefined` where it does not exist. */
  readonly validation: number | undefined;
  readonly seconds: number;
}

export interface Training {
  readonly candidates: readonly Candidate[];
  readonly challenger: Candidate;
}

/** Room 5: train every candidate, choose one on validation rows. The holdout is not touched here. */
export async function train(ports: Ports, context: Context, prepared: Prepared): Promise<Training> {
  const { spec } = context;
  const { task, seed } = spec;
  const { primary } = spec.metrics;
  const classes = prepared.target.classes?.length ?? 0;
  const training = await prepared.part(prepared.split.train);
  const validation = await prepared.part(prepared.split.validation);

  const candidates: Candidate[] = [];
  for (const settings of spec.candidates) {
    const learner = await ports.learners.get(settings.learner);
    const started = ports.clock.elapsed();
    const onProgress = (done: number) => ports.out.progress(`Training ${settings.learner}`, done);
    const artifact = await learner.fit({ task, classes, settings, seed, train: training, validation, onProgress });
    const predictor = await learner.load(artifact);
    const predictions = predictor.predict(validation.features);
    const input = { task, classes, target: validation.target, predictions };
    candidates.push({
      settings,
      algorithmVersion: learner.algorithmVersion,
      artifact,
      bytes: [...artifact.values()].reduce((sum, file) => sum + file.byteLength, 0),
      validation: evaluateMetrics([primary], input)[primary],
      seconds: (ports.clock.elapsed() - started) / 1000,
    });
  }
  return { candidates, challenger: choose(candidates, context) };
}

/** The best on validation rows; when none has a value, the first: the gates then refuse it. */
function choose(candidates: readonly Candidate[], { spec }: Context): Candidate {
  const scored = candidates.map((candidate) => ({
    candidate,
    name: candidate.settings.learner,
    value: candidate.validation,
    sizeBytes: candidate.bytes,
  }));
  return chooseCandidate(scored, spec.metrics.primary)?.candidate ?? candidates[0]!;
}
