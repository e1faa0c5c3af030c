import { ArtifactInvalidError, LearnerMissingError } from "@refit/core/errors";
import {
  featureColumn,
  featuresOf,
  loadCalibrated,
  predictedClasses,
  readFeatures,
  type ArtifactFiles,
  type ClassValue,
  type ColumnInfo,
  type Predictor,
  type ServedFeatures,
  type TargetSpec,
} from "@refit/core/runtime";
import { predictors } from "@refit/tabular/predict";
import { gitTreeId } from "./git-tree.ts";
import type { ReadFile } from "./read-files.ts";
import { readRows, type IgnoredColumns, type InputColumns, type InputRecord, type ReadRows } from "./read-rows.ts";
import { decodeText, parseJson, readVersionFiles } from "./version-files.ts";

/** Opens what a learner wrote; every learner of refit is one. */
export interface ModelLoader {
  load(files: ArtifactFiles): Promise<Predictor>;
}

export interface LoadOptions {
  /** What the caller calls this version, such as `v7`; every answer says it. A version does not know its own number. */
  readonly version?: string;
  /** Its tree id in git, where the caller knows it; left out: computed from the files. */
  readonly treeId?: string;
  /** By the name of a learner, for versions that are neither trees nor linear models, or to open these in another way. */
  readonly learners?: Readonly<Record<string, ModelLoader>>;
  /** Binary: the probability from which the answer is the positive class, 0 to 1; left out: 0.5. */
  readonly threshold?: number;
}

/** Which version has answered. */
export interface VersionName {
  readonly model: string;
  /** As the caller has named it; `null`: not named. */
  readonly version: string | null;
  readonly treeId: string;
}

/** The answer to one row. */
export type Answer = ClassAnswer | ValueAnswer;

/** Of a binary or multiclass model. */
export interface ClassAnswer {
  readonly kind: "class";
  readonly class: ClassValue;
  /** Of that class, 0 to 1. */
  readonly probability: number;
  /** Of each class, in the order of `target.classes`. */
  readonly probabilities: readonly number[];
}

/** Of a regression. */
export interface ValueAnswer {
  readonly kind: "value";
  readonly value: number;
}

export type Prediction = Answer & VersionName & { readonly ignored: IgnoredColumns };

export interface Predictions extends VersionName {
  /** In the order of the rows. */
  readonly answers: readonly Answer[];
  /** The same as the learner gives them: [rows], or for multiclass [rows × classes]. */
  readonly values: Float64Array;
  readonly ignored: IgnoredColumns;
}

/** A version that was checked, and answers. */
export interface LoadedVersion extends VersionName {
  /** Name of the learner that made it. */
  readonly learner: string;
  /** Columns that every row has to have, with their types. */
  readonly inputs: readonly ColumnInfo[];
  /** What is predicted: name, task and classes; binary: the negative class first. */
  readonly target: TargetSpec;
  /** @throws InputInvalidError */
  predict(record: InputRecord): Promise<Prediction>;
  /** @throws InputInvalidError; then no row is answered. */
  predictMany(rows: readonly InputRecord[] | InputColumns): Promise<Predictions>;
}

/**
 * Reads a version, compares every file with `lineage.json`, and opens the model.
 *
 * @throws ArtifactInvalidError for a file that is missing, changed or does not fit; FormatNewerError; LearnerMissingError
 */
export async function loadVersion(read: ReadFile, options: LoadOptions = {}): Promise<LoadedVersion> {
  const { model, learner, files } = await readVersionFiles(read);
  const { version = null, treeId = await gitTreeId(files), threshold = 0.5 } = options;
  const features = readFeatures(parseJson("features.json", files.get("features.json")));
  const inputs = features.inputs.filter(({ type }) => type !== "file");
  const { target } = features;
  const predictor = await open(learner, artifactOf(files), options.learners);
  const name = { model, version, treeId };
  const scored = scorer({ ...features, inputs }, predictor);
  // A row of missing values shows whether the files fit together.
  const missing = Object.fromEntries(inputs.map((input) => [input.name, [null]]));
  await scored(readRows(inputs, missing));

  async function predictMany(given: readonly InputRecord[] | InputColumns): Promise<Predictions> {
    const rows = readRows(inputs, given);
    const values = await scored(rows);
    return { ...name, answers: answersOf(target, values, threshold), values, ignored: rows.ignored };
  }
  return {
    ...name,
    learner,
    inputs,
    target,
    predictMany,
    async predict(record) {
      const { answers, ignored } = await predictMany([record]);
      return { ...answers[0]!, ...name, ignored };
    },
  };
}

function artifactOf(files: ReadonlyMap<string, Uint8Array>): ArtifactFiles {
  const folder = "artifact/";
  return new Map(
    [...files].flatMap(([path, bytes]) => (path.startsWith(folder) ? [[path.slice(folder.length), bytes]] : [])),
  );
}

async function open(learner: string, artifact: ArtifactFiles, learners: LoadOptions["learners"]): Promise<Predictor> {
  const known: Readonly<Record<string, ModelLoader>> = { ...predictors, ...learners };
  if (!Object.hasOwn(known, learner)) {
    const remedy = `Pass what opens it: loadVersion(read, { learners: { ${learner}: … } }).`;
    throw new LearnerMissingError(learner, [], { remedy });
  }
  return loadCalibrated(artifact, decodeText, (files) => known[learner]!.load(files));
}

/** What the predictor answers for rows, through the transform that the version was trained with. */
function scorer(features: ServedFeatures, predictor: Predictor): (rows: ReadRows) => Promise<Float64Array> {
  const { inputs, target } = features;
  const width = target.task === "multiclass" ? target.classes!.length : 1;
  const parts = inputs.flatMap((input) => featuresOf(features, input));
  return async ({ rows, columns }) => {
    const matrix = parts.map((feature) => featureColumn(feature, columns.get(feature.input)!)!);
    const read = async (name: string) => columns.get(name)!;
    const values = await predictor.predict({ rows, columns: matrix, inputs: { columns: inputs, read } });
    if (values.length === rows * width && values.every(Number.isFinite)) return values;
    throw new ArtifactInvalidError("artifact", "", `${width} finite numbers for each row`);
  };
}

function answersOf({ task, classes }: TargetSpec, values: Float64Array, threshold: number): Answer[] {
  if (classes === null) return Array.from(values, (value) => ({ kind: "value", value }));
  const input = { task, classes: classes.length, target: values, predictions: values, settings: { threshold } };
  return Array.from(predictedClasses(input), (label, row) => {
    const positive = values[row]!;
    const first = row * classes.length;
    const probabilities =
      task === "binary" ? [1 - positive, positive] : Array.from(values.subarray(first, first + classes.length));
    return { kind: "class", class: classes[label]!, probability: probabilities[label]!, probabilities };
  });
}
