import type { FeatureColumn, LabelledRows } from "@refit/core/runtime";
import { gbdt } from "@refit/tabular";
import { lehmer } from "./random.ts";

export interface TrainingTime {
  readonly rows: number;
  readonly columns: number;
  readonly trees: number;
  readonly seconds: number;
  /** Memory of the whole process at the end, data included. */
  readonly rssMiB: number;
}

const ROWS = 100_000;
const NUMERIC = 20;
const CATEGORICAL = 8;
const LEVELS = 60;

const settings = {
  learner: "gbdt" as const,
  trees: 100,
  leaves: 31,
  learningRate: 0.1,
  minLeafRows: 20,
  minCategoryRows: 20,
  l2: 1,
  rowFraction: 1,
  featureFraction: 1,
  maxBins: 255,
  earlyStoppingRounds: 0,
};

/** Time 100 gradient-boosted trees on made-up rows: 20 numeric columns with gaps, 8 categorical ones, a noisy binary target. */
export async function benchTraining(rows: number = ROWS): Promise<TrainingTime> {
  const train = syntheticRows(rows, 1);
  const validation = syntheticRows(1000, 2);
  const start = process.hrtime.bigint();
  await gbdt.fit({ task: "binary", classes: 2, settings, seed: 7, train, validation });
  return {
    rows,
    columns: NUMERIC + CATEGORICAL,
    trees: settings.trees,
    seconds: Number(process.hrtime.bigint() - start) / 1e9,
    rssMiB: process.memoryUsage.rss() / 1024 / 1024,
  };
}

function syntheticRows(rows: number, seed: number): LabelledRows {
  const random = lehmer(seed);
  const numeric = Array.from({ length: NUMERIC }, () => Float32Array.from({ length: rows }, random));
  // Low codes are frequent, as in real columns.
  const codes = Array.from({ length: CATEGORICAL }, () =>
    Uint8Array.from({ length: rows }, () => 2 + Math.floor(LEVELS * random() * random())),
  );
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const signal =
      numeric[0]![row]! * numeric[1]![row]! + Math.abs(numeric[2]![row]! - 0.5) + (codes[0]![row]! % 3) / 4;
    return signal + random() > 1.3 ? 1 : 0;
  });
  for (const values of numeric) for (let row = 0; row < rows; row++) if (random() < 0.02) values[row] = NaN;
  const columns: FeatureColumn[] = [
    ...numeric.map((values, i) => ({ kind: "numeric" as const, name: `n${i}`, values })),
    ...codes.map((ofColumn, i) => ({ kind: "categorical" as const, name: `c${i}`, levels: LEVELS, codes: ofColumn })),
  ];
  return { features: { rows, columns }, target };
}
