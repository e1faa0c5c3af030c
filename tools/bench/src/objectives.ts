// npm run bench:objectives -- [--rows N] [--seeds N]
//
// Trains our trees and LightGBM's with each objective and constraint, with the same settings on the same made-up rows, and prints the
// loss that each objective means on rows that neither has seen. Without Python it says so and stops.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { evaluateMetrics } from "@refit/core/judge";
import type { FeatureColumn, FeatureMatrix, LabelledRows } from "@refit/core/runtime";
import { fillSettings } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { median } from "./measure.ts";
import { pythonWithBoosting } from "./python.ts";
import { lehmer } from "./random.ts";

const NUMERIC = 8;
const LEVELS = 12;

interface Case {
  readonly name: string;
  readonly noise: keyof typeof noises;
  /** Beside those that both sides share; `model.yaml`'s words. */
  readonly settings: Parameters<typeof fillSettings>[1];
  /** The same in LightGBM's. */
  readonly theirs: Readonly<Record<string, unknown>>;
  readonly loss: (target: Float64Array, predictions: Float64Array) => number;
}

/** Targets from a signal of about -3 … 3 and a source of uniform numbers. */
const noises = {
  normal: (signal: number, random: () => number) => signal + normal(random),
  /** Student's t with 1.5 degrees of freedom has no variance. */
  heavy: (signal: number, random: () => number) => signal + 0.3 * heavyTail(random),
  /** The same far from 0 and in another unit. */
  large: (signal: number, random: () => number) => 500 + 100 * (signal + 0.3 * heavyTail(random)),
  /** Spreads more where the signal is high. */
  fan: (signal: number, random: () => number) => signal + (1 + Math.max(0, signal)) * normal(random),
  counts: (signal: number, random: () => number) => poisson(Math.exp(signal / 2), random),
} as const;

const metric =
  (name: "rmse" | "mae" | "pinball" | "poissonDeviance", quantile?: number): Case["loss"] =>
  (target, predictions) =>
    evaluateMetrics([name], { task: "regression", classes: 0, target, predictions, settings: { quantile } })[name]!;

const huberLoss =
  (delta: number): Case["loss"] =>
  (target, predictions) => {
    const of = (distance: number) => (distance <= delta ? (distance * distance) / 2 : delta * (distance - delta / 2));
    return target.reduce((sum, value, row) => sum + of(Math.abs(value - predictions[row]!)), 0) / target.length;
  };

const quantileCase = (quantile: number): Case => ({
  name: `quantile ${quantile}`,
  noise: "fan",
  settings: { objective: "quantile", quantile },
  theirs: { objective: "quantile", alpha: quantile },
  loss: metric("pinball", quantile),
});

const huberCase = (noise: "heavy" | "large", delta: number): Case => ({
  name: `huber ${delta}, ${noise} noise`,
  noise,
  settings: { objective: "huber", delta },
  theirs: { objective: "huber", alpha: delta },
  loss: huberLoss(delta),
});

const monotone = { n0: "increasing", n1: "decreasing" };
const cases: readonly Case[] = [
  { name: "squared", noise: "normal", settings: {}, theirs: {}, loss: metric("rmse") },
  huberCase("heavy", 1),
  huberCase("large", 100),
  huberCase("large", 1),
  ...[0.1, 0.5, 0.9].map(quantileCase),
  {
    name: "poisson",
    noise: "counts",
    settings: { objective: "poisson" },
    theirs: { objective: "poisson" },
    loss: metric("poissonDeviance"),
  },
  { name: "l1 5", noise: "normal", settings: { l1: 5 }, theirs: { lambda_l1: 5 }, loss: metric("rmse") },
  {
    name: "monotone",
    noise: "normal",
    settings: { monotone },
    theirs: { monotone_constraints: [1, -1, ...Array.from({ length: NUMERIC }, () => 0)] },
    loss: metric("rmse"),
  },
  {
    name: "interactions",
    noise: "normal",
    settings: {
      interactions: [
        ["n0", "n1"],
        ["n2", "c0"],
      ],
    },
    theirs: {
      interaction_constraints: [
        [0, 1],
        [2, 8],
        [3, 4, 5, 6, 7, 9],
      ],
    },
    loss: metric("rmse"),
  },
];

const shared = {
  trees: 100,
  leaves: 31,
  learningRate: 0.1,
  minLeafRows: 20,
  minCategoryRows: 20,
  earlyStoppingRounds: 0,
};

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

function heavyTail(random: () => number): number {
  const chi = squareOf(normal(random)) + squareOf(normal(random)) / 2;
  return normal(random) / Math.sqrt(chi / 1.5 + 1e-3);
}

function squareOf(value: number): number {
  return value * value;
}

/** Knuth's, for small means. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

interface Drawn {
  readonly columns: readonly FeatureColumn[];
  readonly signal: Float64Array;
}

function draw(rows: number, random: () => number): Drawn {
  const list = (of: () => number) => Array.from({ length: rows }, of);
  const numbers = Array.from({ length: NUMERIC }, () => list(() => 2 * random() - 1));
  const codes = [0, 1].map(() => list(() => 2 + Math.floor(LEVELS * random() * random())));
  const [a, b, c, d] = numbers as [number[], number[], number[], number[]];
  const signal = Float64Array.from(
    a,
    (x, row) => 1.5 * x - Math.abs(b[row]!) - b[row]! + c[row]! * d[row]! + (codes[0]![row]! % 3) / 2,
  );
  const gaps = numbers.map((values) => Float32Array.from(values, (value) => (random() < 0.03 ? NaN : value)));
  return {
    columns: [
      ...gaps.map((values, i) => ({ kind: "numeric", name: `n${i}`, values }) as const),
      ...codes.map(
        (values, i) =>
          ({ kind: "categorical", name: `c${i}`, levels: LEVELS, codes: Uint8Array.from(values) }) as const,
      ),
    ],
    signal,
  };
}

function rowsOf({ columns, signal }: Drawn, noise: Case["noise"], random: () => number): LabelledRows {
  const features: FeatureMatrix = { rows: signal.length, columns };
  return { features, target: signal.map((value) => noises[noise](value, random)) };
}

async function ours({ settings }: Case, train: LabelledRows, test: FeatureMatrix): Promise<Float64Array> {
  const { gbdt } = learners;
  const filled = fillSettings(gbdt, { ...shared, ...settings }) as never;
  const request = { task: "regression" as const, classes: 0, settings: filled, seed: 7, train, validation: train };
  return (await gbdt.load(await gbdt.fit(request))).predict(test);
}

const program = `
import json, sys
import lightgbm, numpy
job = json.loads(sys.argv[1])
def read(name):
    return numpy.fromfile(job["folder"] + "/" + name + ".x", dtype=numpy.float32).reshape(job["columns"], -1).T
y = numpy.fromfile(job["folder"] + "/train.y")
settings = dict(objective="regression", num_leaves=31, learning_rate=0.1, max_bin=255, min_data_in_leaf=20, lambda_l2=1,
                min_data_per_group=20, num_threads=1, deterministic=True, force_col_wise=True, verbose=-1)
settings.update(job["settings"])
model = lightgbm.train(settings, lightgbm.Dataset(read("train"), y, categorical_feature=[8, 9], params=settings), 100)
model.predict(read("test")).astype("float64").tofile(job["folder"] + "/answers.f64")
`;

function theirs(bin: string, { theirs: settings }: Case, train: LabelledRows, test: FeatureMatrix): Float64Array {
  const folder = mkdtempSync(path.join(tmpdir(), "refit-objectives-"));
  try {
    writeFileSync(path.join(folder, "train.x"), bytesOf(train.features));
    writeFileSync(path.join(folder, "test.x"), bytesOf(test));
    writeFileSync(path.join(folder, "train.y"), train.target);
    const job = { folder, columns: test.columns.length, settings };
    const { status, stderr } = spawnSync(bin, ["-c", program, JSON.stringify(job)], { encoding: "utf8" });
    if (status !== 0) throw new Error(`LightGBM ended with ${status}:\n${stderr}`);
    return new Float64Array(new Uint8Array(readFileSync(path.join(folder, "answers.f64"))).buffer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bytesOf({ columns }: FeatureMatrix): Buffer {
  const values = columns.map((column) => (column.kind === "numeric" ? column.values : Float32Array.from(column.codes)));
  return Buffer.concat(values.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

const { values: given } = parseArgs({
  options: { rows: { type: "string", default: "20000" }, seeds: { type: "string", default: "3" } },
});
const python = pythonWithBoosting();
if ("missing" in python) {
  process.stdout.write(`LightGBM is not here: ${python.missing}\n`);
} else {
  process.stdout.write("| objective | refit | LightGBM | ratio |\n| --- | --- | --- | --- |\n");
  for (const each of cases) {
    const losses = { refit: [] as number[], lightgbm: [] as number[] };
    for (let seed = 1; seed <= Number(given.seeds); seed++) {
      const random = lehmer(1000 * seed);
      const train = rowsOf(draw(Number(given.rows), random), each.noise, random);
      const test = rowsOf(draw(Number(given.rows), random), each.noise, random);
      losses.refit.push(each.loss(test.target, await ours(each, train, test.features)));
      losses.lightgbm.push(each.loss(test.target, theirs(python.bin, each, train, test.features)));
    }
    const [refit, lightgbm] = [median(losses.refit), median(losses.lightgbm)];
    process.stdout.write(
      `| ${each.name} | ${refit.toPrecision(5)} | ${lightgbm.toPrecision(5)} | ${(refit / lightgbm).toFixed(4)} |\n`,
    );
  }
}
