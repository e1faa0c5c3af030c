import type { TargetSpec } from "@refit/core/data";
import { evaluateMetrics, type ModelAnswers } from "@refit/core/judge";
import { limitsOf, type LabelledRows } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Challenger } from "../products/training.ts";

/** What is measured, and by what. */
interface Scored {
  readonly spec: ModelSpec;
  readonly target: TargetSpec;
}

/** The primary metric on these rows; `undefined` where it does not exist. */
export function primaryScore(
  { spec: { task, metrics }, target: { classes } }: Scored,
  { target, weights }: Pick<LabelledRows, "target" | "weights">,
  answers: ModelAnswers,
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

/** The challenger with its score on rows that it has learned from, for one who will not ask it for the holdout. */
export async function withTrainingScore(
  { learners }: Pick<Ports, "learners">,
  scored: Scored,
  { known, ...challenger }: Challenger,
): Promise<Challenger> {
  if (known === undefined) return challenger;
  const { settings, artifact } = challenger;
  const predictor = await (await learners.get(settings.learner)).load(artifact, limitsOf(settings));
  const predictions = await predictor.predict(known.features);
  return { ...challenger, training: primaryScore(scored, known, { predictions }) };
}
