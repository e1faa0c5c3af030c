import {
  checkProbes,
  loadCalibrated,
  predictedClasses,
  PROBES_FILE,
  readFeatures,
  readProbes,
  rowScorer,
  rowTyper,
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
import { readVersionFiles } from "./version-files.ts";

/** Opens what a learner wrote; every learner of refit is one. */
export interface ModelLoader {
  load(files: ArtifactFiles): Promise<Predictor>;
  /** Its models may refuse missing values, so that a version is not opened by asking it a row of those. */
  readonly needsValues?: boolean;
}

export interface LoadOptions {
  /** What the caller calls this version, such as `v7`; every answer says it. A version does not know its own number. */
  readonly version?: string;
  /** Its tree id in git, where the caller knows it; left out: computed from the files. */
  readonly treeId?: string;
  /** By the name of a learner, for versions that are neither trees nor linear models, or to open these in another way. */
  readonly learners?: Readonly<Record<string, ModelLoader>>;
  /** Binary: the probability from which the answer is the positive class, 0 to 1; left out: as the version says. */
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
  /** Binary: the probability from which an answer is the positive class; else `null`. */
  readonly threshold: number | null;
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
  const { version = null, treeId = await gitTreeId(files) } = options;
  const features = readFeatures(files.get("features.json"));
  const { target } = features;
  const threshold = target.task === "binary" ? (options.threshold ?? features.threshold ?? 0.5) : null;
  const inputs = features.inputs.filter(({ type }) => type !== "file");
  const predictor = await open(learner, artifactOf(files), options.learners);
  const typed = rowTyper(inputs);
  const scored = rowScorer({ ...features, inputs }, predictor);
  const name = { model, version, treeId };
  const other = options.learners?.[learner];
  const probeBytes = files.get(PROBES_FILE);
  const probes = probeBytes && readProbes(probeBytes);
  // Of older versions a row of missing values shows at least whether the files fit together, and none whether the columns do.
  const missing = other?.needsValues ? [] : [Object.fromEntries(inputs.map((input) => [input.name, null]))];
  const found = await scored(await typed(probes?.rows ?? missing));
  if (probes) checkProbes(probes, found, other ? otherBits : 0);

  async function predictMany(given: readonly InputRecord[] | InputColumns): Promise<Predictions> {
    const rows = await typed(given);
    const values = await scored(rows);
    return { ...name, answers: answersOf(target, values, threshold), values, ignored: rows.ignored };
  }
  return {
    ...name,
    learner,
    inputs,
    target,
    threshold,
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
  if (Object.hasOwn(known, learner)) return loadCalibrated(artifact, (files) => known[learner]!.load(files));
  const { learnerMissing } = await import("./learner-missing.ts");
  throw learnerMissing(learner);
}

function answersOf({ task, classes }: TargetSpec, values: Float64Array, threshold: number | null): RowAnswer[] {
  if (classes === null) return Array.from(values, (value) => ({ kind: "value", value }));
  const { length } = classes;
  const labels = predictedClasses({
    task,
    classes: length,
    predictions: values,
    settings: { threshold: threshold ?? undefined },
  });
  return [...labels].map((label, row) => {
    const positive = values[row]!;
    const probabilities =
      task === "binary" ? [1 - positive, positive] : [...values.subarray(row * length, (row + 1) * length)];
    return { kind: "class", class: classes[label]!, probability: probabilities[label]!, probabilities };
  });
}
