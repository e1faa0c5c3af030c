import { describe, expect, it } from "vitest";
import { metrics } from "../metrics/metrics.ts";
import type { BuiltInMetric } from "../spec/metric-names.ts";
import { answersFromBins, estimateClasses } from "./estimate-classes.ts";
import { estimateErrors, learnErrors } from "./estimate-errors.ts";
import { draws, drawRows } from "./live-stream.fixture.ts";
import { histogramOf } from "./histogram.ts";
import { scoreBin } from "./significant-bits.ts";
import type { SumSettings } from "./sum-rows.ts";

const binary: SumSettings = { task: "binary", classes: 2, metrics: [] };
const model = { prevalence: 0.3, judgedAuc: 0.8, liveAuc: 0.8 };

const holdout = (rows: number, seed: number) => {
  const { labels, answers } = drawRows(rows, model, draws(seed));
  return { labels, predictions: answers.predictions };
};

describe("estimateClasses", () => {
  it.each<BuiltInMetric>([
    "rocAuc",
    "prAuc",
    "logLoss",
    "brier",
    "accuracy",
    "balancedAccuracy",
    "f1",
    "precision",
    "recall",
    "mcc",
  ])("comes close to %s where answers mean what they meant", (metric) => {
    const live = holdout(20_000, 2);
    const estimate = estimateClasses(live.predictions, holdout(4000, 1), metric, binary)!;
    const truth = metrics[metric].evaluate({
      task: "binary",
      classes: 2,
      target: live.labels,
      predictions: live.predictions,
    })!;

    expect(Math.abs(estimate.value - truth)).toBeLessThan(4 * estimate.standardError);
    expect(estimate.standardError).toBeLessThan(0.03);
    expect(estimate).toMatchObject({ rows: 20_000, referenceRows: 4000 });
  });

  it("is blind to concept drift, as it says", () => {
    const live = drawRows(20_000, { ...model, liveAuc: 0.6 }, draws(3));
    const estimate = estimateClasses(live.answers.predictions, holdout(4000, 1), "rocAuc", binary)!;

    expect(estimate.value).toBeGreaterThan(0.75);
  });

  it("takes overconfident answers for what they turned out to be", () => {
    const sure = (predictions: Float64Array) => predictions.map((p) => (p * p) / (p * p + (1 - p) * (1 - p)));
    const [reference, live] = [holdout(4000, 1), holdout(20_000, 2)];
    const predictions = sure(live.predictions);
    const estimate = estimateClasses(
      predictions,
      { ...reference, predictions: sure(reference.predictions) },
      "brier",
      binary,
    )!;
    const truth = metrics.brier.evaluate({ task: "binary", classes: 2, target: live.labels, predictions })!;

    expect(Math.abs(estimate.value - truth)).toBeLessThan(4 * estimate.standardError);
  });

  it("follows a covariate that has become frequent, with the ratio of densities", () => {
    // In one half of the world answers are right, in the other they are as good as drawn; production has become the second.
    const world = (rows: number, seed: number, shareOfHard: number) => {
      const draw = draws(seed);
      const isHard = Float64Array.from({ length: rows }, () => (draw() < shareOfHard ? 1 : 0));
      const predictions = isHard.map(() => draw());
      const labels = predictions.map((p, row) => (draw() < (isHard[row] === 1 ? 0.5 : p) ? 1 : 0));
      return { isHard, predictions, labels };
    };
    const [reference, live] = [world(8000, 1, 0.2), world(20_000, 2, 0.8)];
    const truth = metrics.rocAuc.evaluate({
      task: "binary",
      classes: 2,
      target: live.labels,
      predictions: live.predictions,
    })!;
    const densityRatios = reference.isHard.map((hard) => (hard === 1 ? 4 : 0.25));
    const [plain, weighted] = [reference, { ...reference, densityRatios }].map((rows) =>
      estimateClasses(live.predictions, rows, "rocAuc", binary)!,
    );

    expect(plain!.value - truth).toBeGreaterThan(0.1);
    expect(Math.abs(weighted!.value - truth)).toBeLessThan(0.02);
    expect(weighted!.referenceRows).toBeLessThan(4000);
    expect(weighted!.standardError).toBeGreaterThan(plain!.standardError);
  });

  it("knows several classes, too", () => {
    const draw = draws(9);
    const rows = (count: number) => {
      const predictions = new Float64Array(3 * count);
      const labels = new Float64Array(count);
      for (let row = 0; row < count; row++) {
        const odds = [draw() * draw(), draw() * draw(), draw() * draw()];
        const total = odds[0]! + odds[1]! + odds[2]!;
        const u = draw() * total;
        odds.forEach((value, label) => (predictions[3 * row + label] = value / total));
        labels[row] = u < odds[0]! ? 0 : u < odds[0]! + odds[1]! ? 1 : 2;
      }
      return { predictions, labels };
    };
    const multiclass: SumSettings = { task: "multiclass", classes: 3, metrics: [] };
    const [reference, live] = [rows(3000), rows(20_000)];

    for (const metric of ["accuracy", "logLoss", "f1Macro"] as const) {
      const estimate = estimateClasses(live.predictions, reference, metric, multiclass)!;
      const truth = metrics[metric].evaluate({
        task: "multiclass",
        classes: 3,
        target: live.labels,
        predictions: live.predictions,
      })!;
      const isClose = Math.abs(estimate.value - truth) < 4 * estimate.standardError;
      expect({ metric, isClose }).toEqual({ metric, isClose: true });
    }
    expect(estimateClasses(live.predictions, reference, "rocAuc", multiclass)).toBeNull();
  });

  it("reads the answers of a day from its histogram, where the rows are gone", () => {
    const { predictions } = holdout(5000, 2);
    const again = answersFromBins(histogramOf(predictions.map(scoreBin)));
    const [fromRows, fromBins] = [predictions, again].map((answers) =>
      estimateClasses(answers, holdout(4000, 1), "rocAuc", binary)!,
    );

    expect(fromBins!.value).toBeCloseTo(fromRows!.value, 3);
  });

  it("says nothing from too few reference rows, or for a regression", () => {
    const { predictions } = holdout(500, 2);
    const reference = holdout(500, 1);
    const densityRatios = reference.labels.map((_, row) => (row < 50 ? 1 : 0));

    expect(estimateClasses(predictions, holdout(99, 1), "rocAuc", binary)).toBeNull();
    expect(estimateClasses(predictions, { ...reference, densityRatios }, "rocAuc", binary)).toBeNull();
    expect(estimateClasses(predictions, reference, "mae", { ...binary, task: "regression" })).toBeNull();
    expect(estimateClasses(new Float64Array(0), reference, "rocAuc", binary)).toBeNull();
  });
});

describe("estimateErrors", () => {
  /** Errors grow with the answer. */
  const world = (rows: number, seed: number, from: number) => {
    const draw = draws(seed);
    const predictions = Float64Array.from({ length: rows }, () => from + 10 * draw());
    const labels = predictions.map((prediction) => prediction + (draw() - 0.5) * prediction);
    return { predictions, labels };
  };
  const evaluate = (metric: "mae" | "rmse", { labels, predictions }: ReturnType<typeof world>) =>
    metrics[metric].evaluate({ task: "regression", classes: 0, target: labels, predictions })!;

  it.each(["mae", "rmse"] as const)("follows the answers that production gives: %s", (metric) => {
    const errors = learnErrors(world(4000, 1, 0))!;
    const live = world(20_000, 2, 0);
    const large = {
      predictions: live.predictions.filter((p) => p > 6),
      labels: live.labels.filter((_, row) => live.predictions[row]! > 6),
    };
    const estimate = estimateErrors(large.predictions, errors, metric)!;

    expect(Math.abs(estimate.value - evaluate(metric, large))).toBeLessThan(4 * estimate.standardError);
    expect(estimate.value).toBeGreaterThan(1.3 * estimateErrors(live.predictions, errors, metric)!.value);
  });

  it("weighs reference rows by the ratio of densities", () => {
    const reference = world(4000, 1, 0);
    const densityRatios = reference.labels.map((label, row) =>
      Math.abs(label - reference.predictions[row]!) > 1 ? 2 : 0.5,
    );
    const [plain, weighted] = [reference, { ...reference, densityRatios }].map(
      (rows) => estimateErrors(reference.predictions, learnErrors(rows)!, "mae")!.value,
    );

    expect(weighted).toBeGreaterThan(1.1 * plain!);
  });

  it("leaves out stretches that production does not have", () => {
    const reference = world(1000, 1, 0);
    const withoutTop = { ...reference, densityRatios: reference.predictions.map((p) => (p > 5 ? 0 : 1)) };
    const errors = learnErrors(withoutTop)!;

    expect(estimateErrors(Float64Array.of(9.9), errors, "mae")!.value).toBeGreaterThan(0.5);
    expect(errors.ends).toHaveLength(errors.meanSizes.length - 1);
  });

  it("says nothing of other metrics, of no rows, or from too few reference rows", () => {
    const errors = learnErrors(world(1000, 1, 0))!;

    expect(estimateErrors(Float64Array.of(1), errors, "r2")).toBeNull();
    expect(estimateErrors(new Float64Array(0), errors, "mae")).toBeNull();
    expect(learnErrors(world(99, 1, 0))).toBeNull();
  });
});
