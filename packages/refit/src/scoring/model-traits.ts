import { profilePredictions, type FeatureSpec, type ModelTraits } from "@refit/core/data";
import { limitsOf } from "@refit/core/runtime";
import { sampleRows, shuffleImportance } from "@refit/core/judge";
import type { Ports } from "../ports/index.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Challenger } from "../products/training.ts";

/** Holdout rows that tell what the answers hang on. */
const MOST_SHUFFLED = 1000;

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
  const { featureSpec, split, part } = prepared;
  const learner = await learners.get(challenger.settings.learner);
  const predictor = await learner.load(challenger.artifact, limitsOf(challenger.settings));
  const unread = new Set(featureSpec.ignored.map(({ name }) => name));
  // Nobody knows what predictions hang on that were made elsewhere, and there will be none for new rows.
  if (predictor.knows !== undefined) return { prediction: null, importance: new Map(), unread };
  const holdout = await part(split.holdout);
  const { features } = sampleRows(holdout, MOST_SHUFFLED);
  const { target, ignored } = featureSpec;
  const answer = ignored.filter(({ reason }) => reason === "target" || reason === "target-input");
  const secret = answer.some(({ name }) => sensitive.includes(name));
  return {
    prediction: secret ? null : profilePredictions(await predictor.predict(holdout.features), target),
    importance: await shuffleImportance(predictor, features, featuresByInput(featureSpec), seed),
    unread,
  };
}

/** Columns of the matrix by the input that they are made of. */
export function featuresByInput({ features }: FeatureSpec): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { name, input } of features) groups.set(input, (groups.get(input) ?? new Set()).add(name));
  return groups;
}
