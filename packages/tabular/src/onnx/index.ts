/** A version as a graph of ONNX that takes raw values and gives our answers, to the bit. Pure: bytes in, bytes out. */
import type { FeatureSpec } from "@refit/core/data";
import { canonicalJson, type Json } from "@refit/core/history";
import { readCalibration, type ArtifactFiles } from "@refit/core/runtime";
import { calibrate } from "./calibration.ts";
import { Graph, type GraphValue } from "./graph.ts";
import { featureValues, onnxInputsOf, type OnnxInput } from "./inputs.ts";
import type { OnnxLearner } from "./onnx-learners.ts";
import { answersOf } from "./scores.ts";

export type { OnnxInput } from "./inputs.ts";
export { onnxLearners, type OnnxLearner } from "./onnx-learners.ts";

/** What a graph is made of. */
export interface OnnxSource {
  readonly learner: OnnxLearner;
  readonly artifact: ArtifactFiles;
  readonly features: FeatureSpec;
  /**
   * What calls it brings and takes: an array for each input, [rows], and one for the answers; or tables, so that each class of several
   * is an output of its own, and a single input comes as [rows, 1].
   */
  readonly calledWith: "arrays" | "tables";
  /** What the file says of itself besides, by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A file of ONNX, and how to call it. */
export interface OnnxGraph {
  readonly bytes: Uint8Array;
  readonly inputs: readonly OnnxInput[];
  readonly outputs: readonly OnnxOutput[];
}

/** Numbers of 64 bits. */
export interface OnnxOutput {
  readonly name: string;
  /** `null`: [rows]; else [rows, classes]. */
  readonly classes: number | null;
}

/** The same source gives the same bytes. @throws ArtifactInvalidError, NotExportableError */
export function toOnnx({ learner, artifact, features: spec, calledWith, metadata }: OnnxSource): OnnxGraph {
  const inputs = onnxInputsOf(spec);
  const g = new Graph(inputs.map(({ name }) => name));
  const calibration = readCalibration(artifact);
  const answers = answersOf(g, learner, artifact, featureValues(g, spec, calledWith));
  const calibrated = calibration === null ? answers : calibrate(g, calibration.maps, answers);
  const { task, classes } = spec.target;
  const told = { task, target: spec.target.name, classes: json(classes), inputs: json(inputs) };
  const given = addOutputs(g, calibrated, spec.target, calledWith);
  return { bytes: g.bytes({ ...told, ...metadata }), inputs, outputs: given };
}

function addOutputs(
  g: Graph,
  answers: GraphValue,
  { task, classes }: FeatureSpec["target"],
  calledWith: OnnxSource["calledWith"],
): OnnxOutput[] {
  const one = (name: string, value: GraphValue) => ({ name: g.output(name, g.flat(value), ["N"]), classes: null });
  if (task !== "multiclass") return [one(task === "binary" ? "probability" : "prediction", answers)];
  const count = classes!.length;
  if (calledWith === "arrays") return [{ name: g.output("probabilities", answers, ["N", count]), classes: count }];
  return g.columns(answers, count).map((column, place) => one(`probability of ${String(classes![place])}`, column));
}

const json = (value: unknown) => canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
