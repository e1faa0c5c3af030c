import type { TargetSpec } from "@refit/core/data";
import { predictedClasses } from "@refit/core/runtime";
import type { AnswersFile } from "../../ports/tables.ts";

/** What a line of answers has besides the columns that are kept. */
export const versionColumn = "model_version";

/** Columns of answers: what is predicted, then the probability of each class. */
export function answerColumns({ classes }: TargetSpec): AnswersFile["answers"] {
  if (classes === null) return [{ name: "prediction", values: null }];
  const probabilities = classes.map((each) => ({ name: `probability_${String(each)}`, values: null }));
  return [{ name: "prediction", values: classes }, ...probabilities];
}

/**
 * The values of these columns, [rows] each: of a class its place.
 *
 * @param predictions as a predictor gives them. @param threshold binary: the positive class is predicted from there on.
 */
export function answerValues(
  { task, classes }: TargetSpec,
  predictions: Float64Array,
  threshold: number,
): ArrayLike<number>[] {
  if (classes === null) return [predictions];
  const input = { task, classes: classes.length, target: predictions, predictions, settings: { threshold } };
  const labels = predictedClasses(input);
  if (task === "binary") return [labels, predictions.map((positive) => 1 - positive), predictions];
  const ofClass = classes.map((_, place) =>
    Float64Array.from(labels, (_label, row) => predictions[row * classes.length + place]!),
  );
  return [labels, ...ofClass];
}

/** Names of the kept columns in the file: their own, or with `input_` before it where an answer has that name. */
export function keptColumns(names: readonly string[], target: TargetSpec): AnswersFile["kept"] {
  const taken = new Set(
    [...answerColumns(target).map(({ name }) => name), versionColumn].map((name) => name.toLowerCase()),
  );
  return names.map((name) => {
    let as = name;
    while (taken.has(as.toLowerCase())) as = `input_${as}`;
    taken.add(as.toLowerCase());
    return { name, as };
  });
}
