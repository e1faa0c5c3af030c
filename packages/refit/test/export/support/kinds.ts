import type { FeatureSpec } from "@refit/core/data";
import {
  applyCalibration,
  CALIBRATION_FILE,
  calibrationText,
  fitCalibration,
  readCalibration,
  type ArtifactFiles,
  type CalibrationMethod,
  type FeatureMatrix,
  type LabelledRows,
} from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import type { OnnxLearner } from "@refit/tabular/onnx";
import { matrixOf, randomFrom, someColumns, specOf } from "./records.ts";

type Task = FeatureSpec["target"]["task"];

const trees = {
  learner: "gbdt",
  trees: 20,
  leaves: 15,
  learningRate: 0.2,
  minLeafRows: 10,
  minCategoryRows: 5,
  l2: 1,
  rowFraction: 1,
  featureFraction: 1,
  maxBins: 63,
  earlyStoppingRounds: 0,
} as const;
const linear = { learner: "linear", l2: 1, maxIterations: 50 } as const;
const blended = {
  learner: "auto",
  models: 3,
  tries: 8,
  chosen: [
    { share: 0.57, settings: trees },
    { share: 0.33, settings: linear },
    { share: 0.1, settings: { ...trees, trees: 5, leaves: 4 } },
  ],
} as const;
const settingsOf = { gbdt: trees, linear, auto: blended } as const;

/** A trained model, and the answers of this process. */
export interface Kind {
  readonly name: string;
  readonly learner: OnnxLearner;
  readonly spec: FeatureSpec;
  readonly artifact: ArtifactFiles;
  answers(features: FeatureMatrix): Float64Array;
}

interface Options {
  readonly objective?: string;
  readonly calibration?: CalibrationMethod;
  /** Names of inputs; left out: all. */
  readonly only?: string[];
}

const asked: readonly (readonly [OnnxLearner, Task, Options?])[] = [
  ["gbdt", "binary"],
  ["gbdt", "multiclass"],
  ["gbdt", "regression"],
  ["gbdt", "regression", { objective: "huber" }],
  ["gbdt", "regression", { objective: "quantile" }],
  ["gbdt", "regression", { objective: "poisson" }],
  ["linear", "binary"],
  ["linear", "multiclass"],
  ["linear", "regression"],
  ["auto", "binary"],
  ["auto", "multiclass"],
  ["auto", "regression"],
  ["gbdt", "binary", { calibration: "platt" }],
  ["linear", "binary", { calibration: "platt" }],
  ["linear", "binary", { calibration: "isotonic" }],
  ["auto", "multiclass", { calibration: "platt" }],
  ["gbdt", "multiclass", { calibration: "isotonic" }],
  ["gbdt", "regression", { only: ["größe 🦊"] }],
  ["linear", "multiclass", { only: ["many"] }],
  ["linear", "binary", { only: ["at"] }],
];

/** One of each learner, task, objective and calibration. */
export async function trainedKinds(): Promise<Kind[]> {
  const kinds: Kind[] = [await oddTrees()];
  for (const each of asked) kinds.push(await trained(...each));
  return kinds;
}

/** What no training makes and a file may hold: limits that no 32-bit float has, splits of missing values alone, of every code and of none. */
async function oddTrees(): Promise<Kind> {
  const spec = specOf("regression", ["v0", "many"]);
  const levels = 250;
  const everyCode = Array.from({ length: levels + 2 }, (_, code) => code);
  const limits = [Number.MAX_VALUE, 0, -0, 0.1, -0.1, 1e-50, -1e-50, 4e38, -4e38, 16_777_217.5];
  const random = randomFrom(5);
  const stump = (column: number, rule: number | number[], missingLeft: number) => {
    const leaf = [random(), random()];
    return [{ column: [column], rule: [rule], missingLeft: [missingLeft], left: [-1], right: [-2], leaf }];
  };
  const model = {
    format: 1,
    learner: "gbdt",
    task: "regression",
    classes: 0,
    base: [0.1],
    features: [
      { kind: "numeric", levels: 0, name: "v0" },
      { kind: "categorical", levels, name: "many" },
    ],
    trees: [
      [{ column: [], rule: [], missingLeft: [], left: [], right: [], leaf: [0.3] }],
      ...limits.flatMap((limit) => [stump(0, limit, 0), stump(0, limit, 1)]),
      ...[[], [0], [1], [0, 1], [251], everyCode, everyCode.filter((code) => code % 2)].map((codes) =>
        stump(1, codes, 0),
      ),
    ],
  };
  const artifact = new Map([["model.json", new TextEncoder().encode(JSON.stringify(model))]]);
  const { predict } = await learners.gbdt.load(artifact);
  return { name: "gbdt of odd trees", learner: "gbdt", spec, artifact, answers: predict };
}

/** Trained on a few made-up rows. */
export async function trained(
  learner: OnnxLearner,
  task: Task,
  { objective, calibration, only }: Options = {},
): Promise<Kind> {
  const spec = specOf(task, only);
  const features = await matrixOf(spec, trainingColumns, trainingRows);
  const target = targetOf(await matrixOf(specOf(task), trainingColumns, trainingRows), task);
  const data = { features, target };
  const settings = { ...settingsOf[learner], ...(objective !== undefined && { objective }) };
  const classes = { binary: 2, multiclass: 3, regression: 0 }[task];
  const request = { task, classes, settings, seed: 7, train: data, validation: data };
  const own = await learners[learner].fit(request as never);
  const artifact = calibration === undefined ? own : await withMaps(learner, own, data, classes, calibration);
  const { predict } = await learners[learner].load(own);
  const maps = readCalibration(artifact)?.maps;
  return {
    name: [learner, task, objective, calibration, only && "of one input"].filter((word) => word).join(" "),
    learner,
    spec,
    artifact,
    answers: (matrix) => (maps === undefined ? predict(matrix) : applyCalibration(maps, predict(matrix))),
  };
}

const trainingRows = 1500;
const trainingColumns = someColumns(trainingRows, 11);

async function withMaps(
  learner: OnnxLearner,
  artifact: ArtifactFiles,
  { features, target }: LabelledRows,
  classes: number,
  method: CalibrationMethod,
): Promise<ArtifactFiles> {
  const answers = (await learners[learner].load(artifact)).predict(features);
  const maps = fitCalibration(method, { classes, answers, target });
  return new Map([...artifact, [CALIBRATION_FILE, new TextEncoder().encode(calibrationText({ method, maps }))]]);
}

/** Depends on columns of every kind, so that trees look at them all. */
function targetOf({ rows, columns }: FeatureMatrix, task: Task): Float64Array {
  const random = randomFrom(3);
  const weights = columns.map(() => random() * 2 - 1);
  const signal = Array.from({ length: rows }, (_, row) =>
    columns.reduce((sum, column, place) => {
      const value = column.kind === "numeric" ? column.values[row]! : Math.sin(column.codes[row]!) * 3;
      return sum + (Number.isNaN(value) ? 1 : weights[place]! * Math.max(-5, Math.min(5, value)));
    }, random() * 2),
  );
  if (task === "regression") return Float64Array.from(signal, (value) => Math.abs(value));
  if (task === "binary") return Float64Array.from(signal, (value) => Number(value > 0));
  return Float64Array.from(signal, (value) => (value < -4 ? 0 : value < 4 ? 1 : 2));
}
