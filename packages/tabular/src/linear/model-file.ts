import { canonicalJson } from "@refit/core/history";
import { type ArtifactFiles, type JsonCheck, exactly, fits, list, finite } from "@refit/core/runtime";
import { FORMAT, MODEL_FILE, readModelFile } from "../model-json.ts";
import { type ModelHeader, headerChecks, outputsOf } from "../model-header.ts";
import { type Design, INPUT_LIMIT, layOut } from "./design.ts";
import type { Coefficients } from "./regress.ts";

/** A whole model, as it stands in its file. */
export interface LinearModel extends ModelHeader, Coefficients {}

/** What the file holds. */
interface StoredLinear extends ModelHeader {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly (readonly number[])[];
}

export function writeLinear({ task, classes, features, design, weights }: LinearModel): ArtifactFiles {
  const model = {
    format: FORMAT,
    learner: "linear",
    task,
    classes,
    features: features.map((feature) => ({ ...feature })),
    means: design.means,
    deviations: design.deviations,
    weights: weights.map((ofOutput) => Array.from(ofOutput)),
  };
  return new Map([[MODEL_FILE, new TextEncoder().encode(`${canonicalJson(model)}\n`)]]);
}

/** @throws ArtifactInvalidError for anything that `writeLinear` cannot have written and prediction could stumble over. */
export function readLinear(files: ArtifactFiles): LinearModel {
  let design!: Design;
  const stored = readModelFile(files, (value, index) => {
    const model = Object(value) as StoredLinear;
    const ofFeatures =
      (item: JsonCheck): JsonCheck =>
      (each) =>
        list(item, model.features.length)(each, 0);
    return exactly({
      ...headerChecks(model, "linear"),
      means: ofFeatures(finite()),
      deviations: ofFeatures(finite(0)),
      weights: (weights) => {
        design = layOut(model.features, model.means, model.deviations);
        return list(weightsCheck(design.width), outputsOf(model))(weights, 0);
      },
    })(value, index);
  }) as StoredLinear;
  return { ...stored, design, weights: stored.weights.map((ofOutput) => Float64Array.from(ofOutput)) };
}

/** @param width coefficients of one output. */
function weightsCheck(width: number): JsonCheck {
  const isBounded = fits("weights whose predictions are finite numbers", (value) =>
    Number.isFinite((value as number[]).reduce((sum, weight) => sum + INPUT_LIMIT * Math.abs(weight), 0)),
  );
  return (value) => list(finite(), width)(value, 0) ?? isBounded(value, 0);
}
