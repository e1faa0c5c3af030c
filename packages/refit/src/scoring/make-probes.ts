import type { Profile } from "@refit/core/data";
import {
  drawProbes,
  limitsOf,
  rowScorer,
  rowTyper,
  answerWidth,
  type CandidateSettings,
  type Probes,
} from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Shipped } from "../products/training.ts";

interface ProbedModel {
  readonly shipped: Pick<Shipped, "artifact" | "featureSpec">;
  readonly settings: CandidateSettings;
  /** Of the version. */
  readonly profile: Profile;
  readonly context: Pick<Context, "spec" | "manifest">;
}

/**
 * Made-up rows and what the model that ships answers to them, for whoever loads it elsewhere.
 *
 * @returns `null` for a model that a program answers for, which would have to be started, or whose bits are not the same everywhere.
 */
export async function makeProbes(
  { learners }: Pick<Ports, "learners">,
  { shipped: { artifact, featureSpec }, settings, profile, context: { spec, manifest } }: ProbedModel,
): Promise<Probes | null> {
  const learner = await learners.get(settings.learner);
  if (learner.answersAtOnce !== true) return null;
  const width = answerWidth(featureSpec.target);
  const inputs = featureSpec.inputs.filter(({ type }) => type !== "file");
  const { sensitive } = manifest;
  const rows = drawProbes({ features: featureSpec, profile, sensitive, seed: spec.seed, width });
  const score = rowScorer({ ...featureSpec, inputs }, await learner.load(artifact, limitsOf(settings)));
  const values = await score(await rowTyper(inputs)(rows));
  return {
    format: 1,
    rows,
    answers: rows.map((_, row) => Array.from(values.subarray(row * width, (row + 1) * width))),
  };
}
