import { ArtifactInvalidError } from "../errors/artifact-errors.ts";
import { featureColumn, featuresOf } from "../features/feature-column.ts";
import type { ServedFeatures } from "../features/read-features.ts";
import type { Predictor } from "../learners/learner.ts";
import type { TypedRows } from "./input-rows.ts";

/**
 * What a version answers for rows that somebody sends: the transform that it was trained with, then its model.
 *
 * @param features whose inputs the rows have; those of other inputs are left out.
 * @returns a function that gives the layout of `Predictor.predict`.
 * @throws ArtifactInvalidError (the returned function) for answers that are not finite, or of a wrong number.
 */
export function rowScorer(features: ServedFeatures, predictor: Predictor): (rows: TypedRows) => Promise<Float64Array> {
  const { inputs } = features;
  const width = answerWidth(features.target);
  const parts = inputs.flatMap((input) => featuresOf(features, input));
  const places = new Map(inputs.map(({ name }, place) => [name, place]));
  return async ({ rows, columns }) => {
    const column = (name: string) => columns[places.get(name)!]!;
    const matrix = parts.map((feature) => featureColumn(feature, column(feature.input))!);
    const read = async (name: string) => column(name);
    const values = await predictor.predict({ rows, columns: matrix, inputs: { columns: inputs, read } });
    if (values.length === rows * width && values.every(Number.isFinite)) return values;
    throw new ArtifactInvalidError("artifact", "", `${width} finite numbers for each row`);
  };
}

/** Numbers of an answer to one row. */
export function answerWidth({ task, classes }: ServedFeatures["target"]): number {
  return task === "multiclass" ? classes!.length : 1;
}
