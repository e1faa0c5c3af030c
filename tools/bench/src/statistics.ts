import { parseArgs } from "node:util";
import { compareSlices } from "../../../packages/core/src/judge/compare-slices.ts";
import { promotedNights } from "../../../packages/core/src/judge/nightly-looks.fixture.ts";
import { lossOfChain } from "../../../packages/core/src/judge/refresh-chain.fixture.ts";
import { runTests, testNonInferiority } from "../../../packages/core/src/judge/run-tests.ts";
import { comparePaired } from "../../../packages/core/src/statistics/compare-paired.ts";
import { randomBits } from "../../../packages/core/src/statistics/resampling/random-bits.ts";
import { wilsonInterval } from "../../../packages/core/src/statistics/special/binomial-interval.ts";
import { normalQuantile } from "../../../packages/core/src/statistics/special/normal.ts";
import { driftRates } from "./drift-calibration.ts";

const usage = `npm run bench:statistics -- [--runs N] [--only WORDS]

Prints how often the judgement is wrong when nothing is true (false alarms) and right when something is (power), by
simulation, each with a 95 % interval of Wilson. Seeds are fixed: the same N gives the same table.
`;

/** One thing that may happen in a simulated run. */
interface Rate {
  readonly what: string;
  /** What it may be, in words. */
  readonly bar: string;
  happens(seed: number): boolean;
}

const rows = 500;
const nights = 30;

const rates: readonly Rate[] = [
  ...(["rocAuc", "accuracy", "logLoss"] as const).flatMap((metric): Rate[] => [
    ...[200, 2000].map((size): Rate => ({
      what: `${nights} nightly looks at one holdout of ${size} rows, ${metric}, no real gain: any promotion`,
      bar: "≤ 7 %",
      happens: (seed) => promotedNights({ seed, nights, rows: size, gain: 0, metric }).length > 0,
    })),
    {
      what: `Power: a gain of about 0.08 AUC, seen by ${metric} on ${rows} rows, is promoted at the first look`,
      bar: "–",
      happens: (seed) => promotedNights({ seed, nights: 1, rows, gain: 0.5, metric }).length > 0,
    },
    {
      what: `Power: the same gain by ${metric} at look ${nights}, with the alpha that is left`,
      bar: "–",
      happens: (seed) => promotedNights({ seed, nights: 1, before: nights - 1, rows, gain: 0.5, metric }).length > 0,
    },
  ]),
  ...(["guarded", "proven"] as const).flatMap((refresh) =>
    [false, true].map((anchored): Rate => ({
      what: `${nights} ${refresh} refreshes on 2000 fresh rows, each 0.002 AUC worse than the champion it meets, ${anchored ? "anchored" : "not anchored"}: the last one is worse than the first by more than 1.5 margins of 0.02`,
      bar: anchored ? "≤ 7 %" : "–",
      happens: (seed) => lossOfChain({ seed, nights, rows: 2000, loss: 0.002, refresh, margin: 0.02, anchored }) > 0.03,
    })),
  ),
  {
    what: "A refresh that is truly worse by the margin (0.03) passes as not inferior",
    bar: "≤ 7 %",
    happens: (seed) => refreshPasses(seed, 0.03),
  },
  {
    what: "Power: a refresh that is equally good passes at a margin of 0.03",
    bar: "–",
    happens: (seed) => refreshPasses(seed, 0),
  },
  ...[100, 200, 500, 2000].flatMap((size): Rate[] => [
    {
      what: `A guarded refresh that is truly worse by 0.10 AUC, on ${size} rows, is promoted`,
      bar: "≤ 20 %",
      happens: (seed) => guardPasses(seed, size, 0.1),
    },
    {
      what: `A guarded refresh that is truly worse by 0.03, on ${size} rows, is promoted`,
      bar: "–",
      happens: (seed) => guardPasses(seed, size, 0.03),
    },
    {
      what: `Power: a guarded refresh that is equally good, on ${size} rows, is promoted`,
      bar: "–",
      happens: (seed) => guardPasses(seed, size, 0),
    },
    {
      what: `Power: a guarded refresh that is better by 0.03, on ${size} rows, is promoted`,
      bar: "–",
      happens: (seed) => guardPasses(seed, size, -0.03),
    },
  ]),
  {
    what: "10 slices of 150 rows, none worse: any with Holm's p below 0.05",
    bar: "≤ 7 %",
    happens: (seed) => anySliceWorse(seed, 0),
  },
  {
    what: "Power: one of 10 slices lost all signal",
    bar: "–",
    happens: (seed) => anySliceWorse(seed, 1.2),
  },
  ...driftRates,
];

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    only: { type: "string", default: "" },
    help: { type: "boolean" },
  },
});
if (values.help === true) process.stdout.write(usage);
else main(Number(values.runs), values.only);

/** @param only words of the rates that are asked for. */
function main(runs: number, only: string): void {
  process.stdout.write(`| what | rate | 95 % interval | limit | runs |\n| --- | --- | --- | --- | --- |\n`);
  for (const { what, bar, happens } of rates.filter((rate) => rate.what.includes(only))) {
    let count = 0;
    for (let seed = 0; seed < runs; seed++) count += Number(happens(seed));
    const [low, high] = wilsonInterval(count, runs).map(percent);
    process.stdout.write(`| ${what} | ${percent(count / runs)} | ${low} to ${high} | ${bar} | ${runs} |\n`);
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function draws(seed: number, stream: number) {
  const next = randomBits(seed, stream);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  return { uniform, normal: () => normalQuantile(uniform()) };
}

/** AUC of the champion is about 0.80; the challenger's is lower by `loss`. */
function refreshPasses(seed: number, loss: number): boolean {
  const { uniform, normal } = draws(seed, 1);
  const target = Float64Array.from({ length: 2 * rows }, () => Number(uniform() < 0.3));
  const model = (auc: number) => {
    const signal = Math.SQRT2 * normalQuantile(auc);
    return target.map((label) => signal * label + normal());
  };
  const [champion, challenger] = [model(0.8), model(0.8 - loss)];
  const paired = comparePaired({ metric: "rocAuc", task: "binary", classes: 2, target, champion, challenger, seed });
  return testNonInferiority("champion", paired, { margin: 0.03 }).passed;
}

/** The champion's AUC is 0.80; the two models agree on four fifths of what is noise to both. */
function guardPasses(seed: number, size: number, loss: number): boolean {
  const { uniform, normal } = draws(seed, 3);
  const target = Float64Array.from({ length: size }, () => Number(uniform() < 0.3));
  const common = target.map(() => Math.sqrt(0.8) * normal());
  const model = (auc: number) => {
    const signal = Math.SQRT2 * normalQuantile(auc);
    return target.map((label, row) => signal * label + common[row]! + Math.sqrt(0.2) * normal());
  };
  const [champion, challenger] = [model(0.8), model(0.8 - loss)];
  const paired = comparePaired({ metric: "rocAuc", task: "binary", classes: 2, target, champion, challenger, seed });
  const policy = { refresh: "guarded", margin: 0.01, alpha: 0.05 } as const;
  return runTests("refresh", { champion: paired, anchor: null }, policy).every(({ passed }) => passed);
}

function anySliceWorse(seed: number, loss: number): boolean {
  const { uniform, normal } = draws(seed, 2);
  const target = Float64Array.from({ length: 1500 }, () => Number(uniform() < 0.3));
  const champion = target.map((label) => 1.2 * label + normal());
  const challenger = target.map((label, row) => (row < 150 ? 1.2 - loss : 1.2) * label + normal());
  const slices = Array.from({ length: 10 }, (_, i) => ({
    column: "slice",
    value: String(i),
    members: Uint32Array.from({ length: 150 }, (_unused, row) => 150 * i + row),
  }));
  const found = compareSlices(slices, {
    task: "binary",
    classes: 2,
    target,
    champion: { predictions: champion },
    challenger: { predictions: challenger },
    groups: null,
    weights: null,
    metrics: ["rocAuc"],
    primary: "rocAuc",
    seed,
    replicates: 500,
  });
  return found.some(({ pHolm }) => pHolm !== null && pHolm < 0.05);
}
