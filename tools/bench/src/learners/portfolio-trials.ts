import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { evaluateMetrics } from "@refit/core/judge";
import { fillSettings, type CandidateSettings, type Learner, type LabelledRows } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { lehmer } from "../random.ts";
import { parts, readSet, splitOf, type DataSet } from "./data-set.ts";
import { readRows } from "./refit-side.ts";

/** Rows of a set that take part: what is chosen is for tables of this size and below, where the choice matters most. */
const MOST_ROWS = 8000;
const kept = ".cache/bench/portfolio";

type Given = Readonly<Record<string, number>>;

/** One training of a configuration on one split of a set. */
export interface Trial {
  readonly set: string;
  readonly seed: number;
  readonly configuration: number;
  /** Log loss, or RMSE, of the rows that stop the trees, and of the rows that nothing has seen. */
  readonly validation: number;
  readonly test: number;
  readonly cpuSeconds: number;
}

/** Trees drawn at random around what people use, what `model.yaml` has by default, and linear models. */
export function configurations(): CandidateSettings[] {
  const random = lehmer(20_261_129);
  const draw = (values: readonly number[]) => values[Math.floor(random() * values.length)]!;
  const trees = Array.from({ length: 24 }, (): Given => {
    const learningRate = draw([0.03, 0.05, 0.1]);
    return {
      trees: Math.round(40 / learningRate),
      learningRate,
      leaves: draw([3, 5, 8, 12, 20, 31, 63]),
      minLeafRows: draw([3, 8, 20, 60]),
      minCategoryRows: draw([5, 20]),
      l2: draw([0.1, 1, 10, 50]),
      rowFraction: draw([0.5, 0.8, 1]),
      featureFraction: draw([0.3, 0.6, 1]),
      earlyStoppingRounds: Math.round(3 / learningRate),
    };
  });
  return [
    settingsOf("gbdt", {}),
    ...trees.map((given) => settingsOf("gbdt", given)),
    ...[0.3, 1, 10, 100].map((l2) => settingsOf("linear", { l2 })),
  ];
}

const settingsOf = (name: keyof typeof learners, given: Given) => fillSettings(learners[name], given);

/** Trains all configurations on the splits of a set that were not tried before. */
export async function trialsOn(folder: string, all: readonly CandidateSettings[]): Promise<Trial[]> {
  const about = readSet(folder);
  const seeds = about.rows < 2000 ? [1, 2, 3] : [1];
  const trials: Trial[] = [];
  for (const seed of seeds) {
    const digest = createHash("sha256")
      .update(JSON.stringify([about.name, seed, MOST_ROWS, all]))
      .digest("hex");
    const place = path.join(kept, `${about.name}-${seed}-${digest.slice(0, 12)}.json`);
    if (!existsSync(place)) {
      mkdirSync(kept, { recursive: true });
      writeFileSync(place, JSON.stringify(await tryAll(folder, about, seed, all)));
    }
    trials.push(...(JSON.parse(readFileSync(place, "utf8")) as Trial[]));
  }
  return trials;
}

async function tryAll(folder: string, about: DataSet, seed: number, all: readonly CandidateSettings[]) {
  const { training, validation, test, testTarget } = await readRows(folder, sampled(about, seed));
  const { task, classes } = about;
  const trials: Trial[] = [];
  for (const [configuration, settings] of all.entries()) {
    const learner = learners[settings.learner as keyof typeof learners] as Learner;
    const { user, system } = process.cpuUsage();
    const files = await learner.fit({ task, classes, settings, seed, train: training, validation });
    const after = process.cpuUsage({ user, system });
    const predictor = await learner.load(files);
    const lossOn = async ({ features, target }: Pick<LabelledRows, "features" | "target">) => {
      const predictions = await predictor.predict(features);
      const name = task === "regression" ? "rmse" : "logLoss";
      return evaluateMetrics([name], { task, classes, target, predictions })[name]!;
    };
    trials.push({
      set: about.name,
      seed,
      configuration,
      validation: await lossOn(validation),
      test: await lossOn({ features: test, target: testTarget }),
      cpuSeconds: (after.user + after.system) / 1e6,
    });
  }
  process.stderr.write(`${about.name}, seed ${seed}: ${all.length} configurations\n`);
  return trials;
}

/** The split of the contest, thinned to so many rows. */
function sampled({ rows }: DataSet, seed: number): Uint8Array {
  const random = lehmer(seed + 1000);
  return splitOf(rows, seed).map((part) => (random() * rows < MOST_ROWS ? part : parts.none));
}
