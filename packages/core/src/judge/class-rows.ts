import type { TargetSpec } from "../features/feature-spec.ts";

/** With fewer rows of a class a difference of one or two rows decides. */
export const LEAST_PER_CLASS = 10;

/** Rows of each class that the model knows. @param labels [rows]: encoded. @returns `null`: it predicts a number. */
export function countClasses({ classes }: Pick<TargetSpec, "classes">, labels: Float64Array): readonly number[] | null {
  if (classes === null) return null;
  const rows = classes.map(() => 0);
  for (const label of labels) if (label >= 0) rows[label]!++;
  return rows;
}

/**
 * Whether a holdout has enough rows to tell classes apart: ten of two classes. Of many classes some may be rare without the
 * others being any less known.
 *
 * @returns the rows of the class that falls short; `null`: enough.
 */
export function shortOfClass(classRows: readonly number[] | null): number | null {
  const second = classRows?.toSorted((a, b) => b - a)[1];
  return second !== undefined && second < LEAST_PER_CLASS ? second : null;
}
