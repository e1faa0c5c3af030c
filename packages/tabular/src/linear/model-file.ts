import { canonicalJson } from "@refit/core/history";
import type { ArtifactFiles } from "@refit/core/runtime";
import type { JsonReader } from "@refit/core/runtime";
import { FORMAT, MODEL_FILE, readModelFile } from "../model-json.ts";
import { type ModelHeader, outputsOf, readHeader } from "../model-header.ts";
import { type Design, INPUT_LIMIT, layOut } from "./design.ts";
import type { Coefficients } from "./regress.ts";

/** A whole model, as it stands in its file. */
export interface LinearModel extends ModelHeader, Coefficients {}

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
  const fields = readModelFile(files).asObject(
    "classes",
    "deviations",
    "features",
    "format",
    "learner",
    "means",
    "task",
    "weights",
  );
  const header = readHeader(fields, "linear");
  const count = header.features.length;
  const means = fields.means.asList(count).map((mean) => mean.asNumber());
  const deviations = fields.deviations.asList(count).map((deviation) => deviation.asNumber(0));
  const design = layOut(header.features, means, deviations);
  const weights = fields.weights.asList(outputsOf(header)).map((ofOutput) => readWeights(ofOutput, design));
  return { ...header, design, weights };
}

function readWeights(reader: JsonReader, design: Design): Float64Array {
  const weights = Float64Array.from(reader.asList(design.width), (weight) => weight.asNumber());
  const bound = weights.reduce((sum, weight) => sum + INPUT_LIMIT * Math.abs(weight), 0);
  if (!Number.isFinite(bound)) reader.fail("weights whose predictions are finite numbers");
  return weights;
}
