import { describe, expect, it } from "vitest";
import type { MetricName, Task } from "../spec/model-spec.ts";
import { comparePaired } from "./compare-paired.ts";
import { randomBits } from "./resampling/random-bits.ts";
import { quantile } from "./resampling/quantile.ts";
import { normalQuantile } from "./special/normal.ts";
import { binomialCdf } from "./special/binomial.ts";
import { chiSquaredHomogeneity } from "./two-sample/chi-squared-homogeneity.ts";
import { populationStability } from "./two-sample/population-stability.ts";

/** Uniform numbers in (0, 1), and normal ones. */
function draws(seed: number) {
  const next = randomBits(seed, 99);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  return { uniform, normal: () => normalQuantile(uniform()) };
}

/** A holdout on which two models are equally good: one signal, and noise of the same size for each. */
function equalModels(seed: number, rows: number, task: Task) {
  const { uniform, normal } = draws(seed);
  const target = Float64Array.from({ length: rows }, () => (task === "binary" ? Number(uniform() < 0.3) : normal()));
  const noise = () => target.map((value) => value + 1.2 * normal());
  const logistic = (scores: Float64Array) => scores.map((score) => 1 / (1 + Math.exp(0.5 - score)));
  const [champion, challenger] = [noise(), noise()];
  return task === "binary"
    ? { task, classes: 2, target, champion: logistic(champion), challenger: logistic(challenger) }
    : { task, classes: 0, target, champion, challenger };
}

const alpha = 0.05;
const runs = 400;

/**
 * Whether so many rejections in `runs` are credible if the true rate lies in [low, high]: not in the outer 0.1 % of
 * either end. Seeds are fixed, so the answer never varies; the band says what it is worth.
 */
function isCredible(rejections: number, low: number, high: number): boolean {
  return binomialCdf(rejections, runs, low) > 0.001 && 1 - binomialCdf(rejections - 1, runs, high) > 0.001;
}

describe("without a difference the paired test rejects about 5 %", () => {
  it.each<[metric: MetricName, task: Task, rows: number]>([
    ["rocAuc", "binary", 200],
    ["logLoss", "binary", 200],
    ["brier", "binary", 200],
    ["f1", "binary", 300],
    ["prAuc", "binary", 300],
    ["mae", "regression", 200],
    ["rmse", "regression", 200],
  ])("%s", (metric, task, rows) => {
    let rejections = 0;
    for (let run = 0; run < runs; run++) {
      const request = { ...equalModels(run, rows, task), metric, seed: run, replicates: 199 };
      if (comparePaired(request).pSuperior! < alpha) rejections++;
    }

    expect(isCredible(rejections, 0.03, 0.07)).toBe(true);
  });

  it("accuracy, whose exact test is never above it", () => {
    let rejections = 0;
    for (let run = 0; run < runs; run++) {
      if (comparePaired({ ...equalModels(run, 300, "binary"), metric: "accuracy", seed: run }).pSuperior! < alpha)
        rejections++;
    }

    expect(isCredible(rejections, 0.02, 0.05)).toBe(true);
  });

  it("and far more with one", () => {
    let rejections = 0;
    for (let run = 0; run < runs; run++) {
      const models = equalModels(run, 200, "binary");
      const challenger = models.challenger.map((p, row) => p + 0.2 * models.target[row]!);
      if (comparePaired({ ...models, challenger, metric: "rocAuc", seed: run }).pSuperior! < alpha) rejections++;
    }

    expect(rejections / runs).toBeGreaterThan(0.8);
  });
});

describe("with a difference", () => {
  it.each<MetricName>(["rocAuc", "accuracy", "logLoss"])("%s finds it more often the more rows there are", (metric) => {
    const power = [60, 150, 400].map((rows) => {
      let found = 0;
      for (let run = 0; run < 100; run++) {
        const models = equalModels(run, rows, "binary");
        const challenger = models.challenger.map((p, row) => p + 0.15 * (models.target[row]! - p));
        if (comparePaired({ ...models, challenger, metric, seed: run, replicates: 199 }).pSuperior! < alpha) found++;
      }
      return found;
    });

    expect(power[1]).toBeGreaterThan(power[0]! + 5);
    expect(power[2]).toBeGreaterThan(power[1]! + 5);
  });
});

/** Rows per bin; a value on an edge belongs to the bin above. */
function countByEdges(values: Float64Array, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  for (const value of values) counts[edges.filter((edge) => edge <= value).length]!++;
  return counts;
}

describe("without a difference a test of two samples rejects about 5 %", () => {
  const samples = (run: number) => {
    const { normal } = draws(run);
    const sample = (rows: number) => Float64Array.from({ length: rows }, () => Math.round(normal() * 4) / 4);
    return [sample(120), sample(80)] as const;
  };
  const tests: Record<string, (x: Float64Array, y: Float64Array) => number> = {
    "chi-squared homogeneity": (x, y) => {
      const edges = [-0.7, 0, 0.7];
      return chiSquaredHomogeneity([countByEdges(x, edges), countByEdges(y, edges)])!.p;
    },
    "population stability against its critical value": (x, y) => {
      const edges = [0.2, 0.4, 0.6, 0.8].map((share) => quantile(x.slice().sort(), share));
      return populationStability(countByEdges(x, edges), countByEdges(y, edges))!.p;
    },
  };

  it.each(Object.entries(tests))("%s", (_name, test) => {
    let rejections = 0;
    for (let run = 0; run < runs; run++) if (test(...samples(run)) < alpha) rejections++;

    expect(isCredible(rejections, 0.03, 0.07)).toBe(true);
  });
});
