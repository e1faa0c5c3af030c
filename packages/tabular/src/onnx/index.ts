/** A version as a graph of ONNX that takes raw values and gives our answers, to the bit. Pure: bytes in, bytes out. */
import type { FeatureSpec } from "@refit/core/data";
import { canonicalJson, type Json } from "@refit/core/history";
import { readCalibration, type ArtifactFiles } from "@refit/core/runtime";
import { calibrate } from "./calibration.ts";
import { Graph } from "./graph.ts";
import { featureValues, inputsOf, type OnnxInput } from "./inputs.ts";
import { answersOf, type OnnxLearner } from "./scores.ts";

export type { OnnxInput } from "./inputs.ts";
export { onnxLearners, type OnnxLearner } from "./scores.ts";

/** What a graph is made of. */
export interface OnnxSource {
  readonly learner: OnnxLearner;
  readonly artifact: ArtifactFiles;
  readonly features: FeatureSpec;
  /** What the file says of itself besides, by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A file of ONNX, and how to call it. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly OnnxInput[];
  readonly output: {
    readonly name: string;
    /** `null`: [rows]; else [rows, classes]. */
    readonly classes: number | null;
  };
}

/** The same source gives the same bytes. @throws ArtifactInvalidError */
export function toOnnx({ learner, artifact, features: spec, metadata }: OnnxSource): OnnxModel {
  const inputs = inputsOf(spec);
  const g = new Graph(inputs.map(({ name }) => name));
  const calibration = readCalibration(artifact, (bytes) => new TextDecoder().decode(bytes));
  const answers = answersOf(g, learner, artifact, featureValues(g, spec));
  const calibrated = calibration === null ? answers : calibrate(g, calibration.maps, answers);
  const { task, classes } = spec.target;
  const count = task === "multiclass" ? classes!.length : null;
  const output =
    count === null ? g.output(nameOf[task], g.flat(calibrated), ["N"]) : g.output(nameOf[task], calibrated, ["N", count]);
  const told = { task, target: spec.target.name, classes: json(classes), inputs: json(inputs) };
  return { bytes: g.bytes({ ...told, ...metadata }), inputs, output: { name: output, classes: count } };
}

const nameOf = { binary: "probability", multiclass: "probabilities", regression: "prediction" } as const;

const json = (value: unknown) => canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
