import type { TargetSpec } from "../features/feature-spec.ts";
import { profileNumbers, profileTexts } from "./profile-values.ts";
import type { ColumnProfile } from "./profile.ts";

/**
 * Profile of a model's answers: the probability of the positive class, the value, or of more than two classes the most
 * probable one.
 *
 * @param predictions as `Predictor.predict` gives them.
 */
export function profilePredictions(predictions: Float64Array, { name, task, classes }: TargetSpec): ColumnProfile {
  if (task !== "multiclass" || classes === null) return profileNumbers(name, predictions);
  const width = classes.length;
  const rows = Array.from({ length: predictions.length / width }, (_, row) => row * width);
  return profileTexts(
    name,
    rows.map((at) => mostProbable(predictions.subarray(at, at + width), classes)),
  );
}

/** `null` where a probability is not finite; on a tie the first class. */
function mostProbable(probabilities: Float64Array, classes: NonNullable<TargetSpec["classes"]>): string | null {
  if (!probabilities.every(Number.isFinite)) return null;
  return String(classes[probabilities.indexOf(Math.max(...probabilities))]);
}
