import { profilePredictions, type ModelTraits } from "@refit/core/data";
import { limitsOf } from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Challenger } from "../products/training.ts";
import { answersOfModel, shuffledAnswers } from "./challenger-answers.ts";

export interface TraitsInput {
  readonly challenger: Challenger;
  readonly prepared: Pick<Prepared, "featureSpec" | "split" | "part">;
  /** Columns whose values must not be told. */
  readonly sensitive: readonly string[];
  readonly seed: number;
}

/** What later runs must know of the challenger to tell drift that matters: measured on the holdout, which it has not seen. */
export async function modelTraits(
  { learners }: Pick<Ports, "learners">,
  { challenger, prepared, sensitive, seed }: TraitsInput,
): Promise<ModelTraits> {
  const { featureSpec, split } = prepared;
  const learner = await learners.get(challenger.settings.learner);
  const { artifact } = challenger;
  const predictor = await learner.load(artifact, limitsOf(challenger.settings));
  const unread = new Set(featureSpec.ignored.map(({ name }) => name));
  // Nobody knows what predictions hang on that were made elsewhere, and there will be none for new rows.
  if (predictor.knows !== undefined) return { prediction: null, importance: new Map(), unread };
  const model = { artifact, predictor };
  const { target, ignored } = featureSpec;
  const answer = ignored.filter(({ reason }) => reason === "target" || reason === "target-input");
  const secret = answer.some(({ name }) => sensitive.includes(name));
  return {
    prediction: secret
      ? null
      : profilePredictions(await answersOfModel(model, prepared, { rows: split.holdout }), target),
    importance: (await shuffledAnswers(model, prepared, seed)).importance,
    unread,
  };
}
