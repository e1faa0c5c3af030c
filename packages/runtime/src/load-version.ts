import { LearnerMissingError } from "@refit/core/errors";
import {
  checkProbes,
  loadCalibrated,
  predictedClasses,
  PROBES_FILE,
  readFeatures,
  readProbes,
  typedRows,
  rowScorer,
  type ArtifactFiles,
  type ClassValue,
  type ColumnInfo,
  type IgnoredColumns,
  type InputColumns,
  type InputRecord,
  type Predictor,
  type TargetSpec,
} from "@refit/core/runtime";
import { predictors } from "@refit/tabular/predict";
import { gitTreeId } from "./git-tree.ts";
import type { VersionReader } from "./read-files.ts";
import { utf8, parseJson, readVersionFiles } from "./version-files.ts";

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
export type RowAnswer = ClassAnswer | ValueAnswer;

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

export type Prediction = RowAnswer & VersionName & { readonly ignored: IgnoredColumns };

export interface Predictions extends VersionName {
  /** In the order of the rows. */
  readonly answers: readonly RowAnswer[];
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

/** Largest difference, in parts of an answer, where somebody else's code answers. */
const otherBits = 1e-6;

/**
 * Reads a version, compares every file with `lineage.json`, opens the model, and asks it its probe rows.
 *
 * @throws ArtifactInvalidError for a file that is missing, changed or does not fit, and for another answer than at the training; FormatNewerError; LearnerMissingError
 */
export async function loadVersion(read: VersionReader, options: LoadOptions = {}): Promise<LoadedVersion> {
  const { model, learner, files } = await readVersionFiles(read);
  const { version = null, treeId = await gitTreeId(files), threshold = 0.5 } = options;
  const features = readFeatures(parseJson("features.json", files.get("features.json")));
  const inputs = features.inputs.filter(({ type }) => type !== "file");
  const { target } = features;
  const predictor = await open(learner, artifactOf(files), options.learners);
  const name = { model, version, treeId };
  const scored = rowScorer({ ...features, inputs }, predictor);
  const missing = [Object.fromEntries(inputs.map((input) => [input.name, null]))];
  const isProbed = files.has(PROBES_FILE);
  const probes = isProbed ? readProbes(parseJson(PROBES_FILE, files.get(PROBES_FILE))) : null;
  // Of older versions a row of missing values shows at least whether the files fit together.
  const found = await scored(typedRows(inputs, probes?.rows ?? missing));
  if (probes !== null) checkProbes(probes, found, options.learners?.[learner] === undefined ? 0 : otherBits);

  async function predictMany(given: readonly InputRecord[] | InputColumns): Promise<Predictions> {
    const rows = typedRows(inputs, given);
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
  return loadCalibrated(artifact, utf8, (files) => known[learner]!.load(files));
}

function answersOf({ task, classes }: TargetSpec, values: Float64Array, threshold: number): RowAnswer[] {
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
