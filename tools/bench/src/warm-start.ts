import { parseArgs } from "node:util";
import { evaluateMetrics } from "@refit/core/judge";
import { fillSettings, type FeatureMatrix, type LabelledRows } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { differenceOf, labelled, meanOf } from "./freshness/stream-rows.ts";
import { makeStream, type Drift, type StreamRow } from "./freshness/streams.ts";

const usage = `npm run bench:warm-start -- [--seeds N,…] [--drifts NAME,…] [--policies N,…]

Replays the generated streams week by week: each model answers the next week before anybody has seen it. Trees that are trained anew are set beside trees that
go on from last week's, with as many trees in the end. Prints the mean ROC AUC of the weeks, and trees × rows that were trained; with several seeds
also the mean advantage of each policy over the first of them, with its standard error over the seeds. --policies picks lines of the table, from 1.
`;

const WEEK = 7;
const ROWS_PER_DAY = 40;
const DAYS = 364;
const FIRST = 98;
/** Trees of a model, and of a block of one that goes on. */
const TREES = 100;
const BLOCK = 20;

/** Newest days that are learned from; `null`: all. */
type Days = number | null;
type Policy = { readonly days: Days; readonly halfLife?: number } | { readonly days: Days; readonly keep: number };

const policies: Readonly<Record<string, Policy>> = {
  "anew, all rows": { days: null },
  "anew, newest 112 days": { days: 112 },
  "anew, newest 56 days": { days: 56 },
  "anew, newest 28 days": { days: 28 },
  "anew, half-life 28 days": { days: null, halfLife: 28 },
  "anew, half-life 14 days": { days: null, halfLife: 14 },
  "goes on, all rows": { days: null, keep: 1 },
  "goes on, newest 112 days": { days: 112, keep: 1 },
  "goes on, newest 56 days": { days: 56, keep: 1 },
  "goes on, newest 28 days": { days: 28, keep: 1 },
  "goes on, newest 28 days, old trees × 0.8": { days: 28, keep: 0.8 },
  "goes on, newest 56 days, old trees × 0.8": { days: 56, keep: 0.8 },
  "goes on, newest 56 days, old trees × 0.5": { days: 56, keep: 0.5 },
};

type Model = (features: FeatureMatrix) => Float64Array;

const {
  values: { seeds, drifts, policies: lines, help },
} = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2" },
    drifts: { type: "string", default: "none,abrupt,gradual,recurring,seasonal" },
    policies: {
      type: "string",
      default: Object.keys(policies)
        .map((_, i) => i + 1)
        .join(","),
    },
    help: { type: "boolean" },
  },
});
async function main(
  allSeeds: readonly number[],
  allDrifts: readonly Drift[],
  chosen: readonly number[],
): Promise<void> {
  process.stdout.write(
    `| | ${allDrifts.join(" | ")} | trees × rows |\n| --- | ${allDrifts.map(() => "---").join(" | ")} | --- |\n`,
  );
  let reference = 0;
  const first: number[][] = [];
  for (const [name, policy] of chosen.map((line) => Object.entries(policies)[line - 1]!)) {
    let work = 0;
    const cells: string[] = [];
    for (const [i, drift] of allDrifts.entries()) {
      const aucs: number[] = [];
      for (const seed of allSeeds) {
        const rows = makeStream({ drift, seed, rowsPerDay: ROWS_PER_DAY, days: DAYS });
        const replayed = await replay(rows, policy);
        aucs.push(replayed.auc);
        work += replayed.work;
      }
      first[i] ??= aucs;
      const beside = aucs.length < 2 || first[i] === aucs ? "" : ` (${differenceOf(aucs, first[i])})`;
      cells.push(`${meanOf(aucs).toFixed(4)}${beside}`);
    }
    reference ||= work;
    process.stdout.write(`| ${name} | ${cells.join(" | ")} | ${(work / reference).toFixed(2)} |\n`);
  }
}

/** As `training: { halfLifeDays }` weighs rows. */
function fading(rows: readonly StreamRow[], now: number, halfLife: number): Float64Array {
  const faded = Float64Array.from(rows, ({ day }) => Math.exp((Math.LN2 * (day - now)) / halfLife));
  const mean = faded.reduce((sum, each) => sum + each, 0) / faded.length;
  return faded.map((each) => each / mean);
}

/** @returns the mean over the weeks. */
async function replay(rows: readonly StreamRow[], policy: Policy): Promise<{ auc: number; work: number }> {
  const aucs: number[] = [];
  let work = 0;
  let blocks: Model[] = [];
  for (let day = FIRST; day + WEEK <= DAYS; day += WEEK) {
    const since = policy.days === null ? 0 : day - policy.days;
    const heard = rows.filter((row) => row.day >= since && row.day < day);
    const halfLife = "halfLife" in policy ? policy.halfLife : undefined;
    const known = { ...labelled(heard), ...(halfLife && { weights: fading(heard, day, halfLife) }) };
    const goesOn = "keep" in policy && blocks.length > 0;
    const keep = "keep" in policy ? policy.keep : 0;
    if (goesOn) {
      // As many trees as the others have: the oldest give way.
      const old = blocks.slice(1 - TREES / BLOCK).map(
        (block): Model =>
          (features) =>
            block(features).map((x) => keep * x),
      );
      const before = sumOf(old)(known.features);
      const rest = { ...known, target: known.target.map((value, row) => value - before[row]!) };
      blocks = [...old, await fit(rest, BLOCK)];
      work += BLOCK * known.target.length;
    } else {
      const isBlock = "keep" in policy;
      blocks = isBlock ? await inBlocks(known) : [await fit(known, TREES)];
      work += TREES * known.target.length;
    }
    const next = labelled(rows.filter((row) => row.day >= day && row.day < day + WEEK));
    const predictions = sumOf(blocks)(next.features);
    aucs.push(evaluateMetrics(["rocAuc"], { task: "binary", classes: 2, target: next.target, predictions })["rocAuc"]!);
  }
  return { auc: aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length, work };
}

async function inBlocks(rows: LabelledRows): Promise<Model[]> {
  const blocks: Model[] = [];
  for (let trees = 0; trees < TREES; trees += BLOCK) {
    const before = sumOf(blocks)(rows.features);
    blocks.push(await fit({ ...rows, target: rows.target.map((value, row) => value - before[row]!) }, BLOCK));
  }
  return blocks;
}

/** Squared error of the answer as 0 or 1, where to go on from a model is to learn what it leaves. */
async function fit(train: LabelledRows, trees: number): Promise<Model> {
  const settings = fillSettings(learners.gbdt, { trees, leaves: 8, earlyStoppingRounds: 0 });
  const request = {
    task: "regression" as const,
    classes: 0,
    settings: settings as never,
    seed: 7,
    train,
    validation: train,
  };
  const { predict } = await learners.gbdt.load(await learners.gbdt.fit(request));
  return predict;
}

const sumOf =
  (models: readonly Model[]): Model =>
  (features) => {
    const sum = new Float64Array(features.rows);
    for (const model of models) for (const [row, value] of model(features).entries()) sum[row]! += value;
    return sum;
  };

if (help === true) process.stdout.write(usage);
else await main(seeds.split(",").map(Number), drifts.split(",") as Drift[], lines.split(",").map(Number));
