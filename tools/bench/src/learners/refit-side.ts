import { readFileSync, writeFileSync } from "node:fs";
import { fitFeatures } from "@refit/core/data";
import { evaluateMetrics } from "@refit/core/judge";
import {
  applyFeatures,
  fillSettings,
  type ArtifactFiles,
  type FeatureMatrix,
  type LabelledRows,
  type Learner,
} from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { machineThreads } from "../../../../packages/refit/src/adapters/learners/tabular/machine-threads.ts";
import { parts, readColumn, readSet, targetOf, typesOf, type DataSet } from "./data-set.ts";

/** What a process of its own is asked to train, of either side. */
export interface Job {
  readonly contestant: string;
  readonly folder: string;
  readonly split: string;
  readonly seed: number;
  readonly threads: number;
  /** File for the predictions of the test rows, 64 bits each. */
  readonly out: string;
}

/** What training took, from rows in memory to a model; of the process its most memory until then. */
export interface Took {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

export interface Rows {
  readonly about: DataSet;
  readonly training: LabelledRows;
  readonly validation: LabelledRows;
  readonly known: LabelledRows;
  readonly test: FeatureMatrix;
  readonly testTarget: Float64Array;
}

type Fit = (rows: Rows, job: Job) => Promise<Model>;
type Model = (features: FeatureMatrix) => Promise<Float64Array>;

const gbdt = learners.gbdt as Learner;
const onlyTrees = { trees: 100, earlyStoppingRounds: 0 };

/** As a run trains them, stopped by validation rows and then trained once more on these too; and 100 trees at once, the work of LightGBM as it comes. */
export const refitContestants: Readonly<Record<string, Fit>> = {
  "refit gbdt": async (rows, job) => (await stopped("gbdt", rows, job)).again(),
  "refit gbdt 100 trees": async (rows, job) =>
    modelOf(gbdt, await fitter(rows, job)(gbdt, fillSettings(gbdt, onlyTrees), rows.known)),
  "refit linear": async (rows, job) => (await stopped("linear", rows, job)).again(),
  "refit blend": blend,
  "refit auto": async (rows, job) => (await stopped("auto", rows, job)).again(),
};

export async function refitSide(job: Job): Promise<Took> {
  const rows = await readRows(job.folder, readFileSync(job.split));
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const model = await refitContestants[job.contestant]!(rows, job);
  const { user, system } = process.cpuUsage(cpu);
  const took = {
    wallSeconds: (performance.now() - started) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
  writeFileSync(job.out, await model(rows.test));
  return took;
}

/** @param part whose each row is, see `parts`. */
export async function readRows(folder: string, part: Uint8Array): Promise<Rows> {
  const about = readSet(folder);
  const target = targetOf(folder, about);
  const rowsOf = (wanted: (of: number) => boolean) =>
    Uint32Array.from([...part.keys()].filter((row) => wanted(part[row]!)));
  const knownRows = rowsOf((of) => of === parts.training || of === parts.validation);
  const testRows = rowsOf((of) => of === parts.test);
  const read = (name: string) => Promise.resolve(readColumn(folder, about, name));
  const features = await fitFeatures({
    columns: typesOf(about),
    read,
    trainRows: knownRows,
    spec: { target: "", features: { exclude: [], categorical: [], maxCategories: 100 } },
    target: { name: "", task: about.task, classes: null },
    targetInputs: [],
    sourceTypes: [],
  });
  const labelled = async (rows: Uint32Array): Promise<LabelledRows> => ({
    features: await applyFeatures(features, read, rows),
    target: Float64Array.from(rows, (row) => target[row]!),
  });
  return {
    about,
    training: await labelled(rowsOf((of) => of === parts.training)),
    validation: await labelled(rowsOf((of) => of === parts.validation)),
    known: await labelled(knownRows),
    test: await applyFeatures(features, read, testRows),
    testTarget: Float64Array.from(testRows, (row) => target[row]!),
  };
}

interface Fitted {
  readonly model: Model;
  /** Trains with what the validation rows decided, on these too. */
  again(): Promise<Model>;
}

function fitter({ about, validation }: Rows, { seed, threads }: Job) {
  return async (learner: Learner, settings: unknown, training: LabelledRows) => {
    const { task, classes } = about;
    const help = threads === 1 ? {} : { threads: { ...machineThreads, count: threads } };
    return learner.fit({ task, classes, settings, seed, train: training, validation, ...help });
  };
}

async function stopped(name: keyof typeof learners, rows: Rows, job: Job): Promise<Fitted> {
  const learner = learners[name] as Learner;
  const settings = fillSettings(learner);
  const fit = fitter(rows, job);
  const files = await fit(learner, settings, rows.training);
  return {
    model: await modelOf(learner, files),
    again: async () => modelOf(learner, await fit(learner, learner.settle(settings, files), rows.known)),
  };
}

async function modelOf(learner: Learner, files: ArtifactFiles): Promise<Model> {
  const predictor = await learner.load(files);
  return async (features) => predictor.predict(features);
}

/** Trees and a linear model in the tenths that are best on the validation rows. */
async function blend(rows: Rows, job: Job): Promise<Model> {
  const both = [await stopped("gbdt", rows, job), await stopped("linear", rows, job)] as const;
  const answers = await Promise.all(both.map(({ model }) => model(rows.validation.features)));
  const scoreOf = (tenths: number) => lossOf(rows, mixed(answers, tenths));
  const tenths = Array.from({ length: 11 }, (_, of) => of).toSorted((a, b) => scoreOf(a) - scoreOf(b))[0]!;
  const [trees, linear] = [await both[0].again(), await both[1].again()];
  return async (features) => mixed([await trees(features), await linear(features)], tenths);
}

const mixed = ([trees, linear]: readonly Float64Array[], tenths: number) =>
  trees!.map((answer, i) => (answer * (10 - tenths) + linear![i]! * tenths) / 10);

function lossOf({ about, validation }: Rows, predictions: Float64Array): number {
  const { task, classes } = about;
  const name = task === "regression" ? "rmse" : "logLoss";
  return evaluateMetrics([name], { task, classes, target: validation.target, predictions })[name] ?? Infinity;
}
