import { describe, expect, it } from "vitest";
import { metricNames, metricsOfTask, type BuiltInMetric } from "../spec/metric-names.ts";
import { calibrationBins } from "./calibration.ts";
import type { MetricInput } from "./metric.ts";
import { evaluateMetrics, improvement, metrics } from "./metrics.ts";

function binary(target: number[], predictions: number[], weights?: number[]): MetricInput {
  return {
    task: "binary",
    classes: 2,
    target: Float64Array.from(target),
    predictions: Float64Array.from(predictions),
    ...(weights && { weights: Float64Array.from(weights) }),
  };
}

function multiclass(target: number[], predictions: number[][]): MetricInput {
  return {
    task: "multiclass",
    classes: 3,
    target: Float64Array.from(target),
    predictions: Float64Array.from(predictions.flat()),
  };
}

function regression(target: number[], predictions: number[], weights?: number[]): MetricInput {
  return { ...binary(target, predictions, weights), task: "regression", classes: 0 };
}

const confused = binary([1, 1, 1, 0, 0, 0, 0, 0], [0.9, 0.5, 0.2, 0.8, 0.1, 0.2, 0.3, 0.4]); // tp 2, fn 1, fp 1, tn 4

describe("metrics", () => {
  it.each<[BuiltInMetric, number]>([
    ["rocAuc", 10.5 / 15],
    ["prAuc", (1 + 2 / 3 + 3 / 7) / 3],
    ["accuracy", 6 / 8],
    ["balancedAccuracy", (2 / 3 + 4 / 5) / 2],
    ["precision", 2 / 3],
    ["recall", 2 / 3],
    ["f1", 2 / 3],
    ["mcc", (2 * 4 - 1 * 1) / 15],
    ["brier", (0.01 + 0.25 + 0.64 + 0.64 + 0.01 + 0.04 + 0.09 + 0.16) / 8],
    ["logLoss", -Math.log(0.9 * 0.5 * 0.2 * 0.2 * 0.9 * 0.8 * 0.7 * 0.6) / 8],
  ])("%s of a binary model, by hand", (name, expected) => {
    expect(metrics[name].evaluate(confused)).toBeCloseTo(expected, 12);
  });

  it.each<[BuiltInMetric, number]>([
    ["logLoss", -Math.log(0.5 * 0.3 * 0.4 * 0.1) / 4],
    ["accuracy", 0.5],
    ["balancedAccuracy", (1 + 0 + 0.5) / 3],
    ["f1Macro", (2 / 4 + 0 + 2 / 3) / 3],
    ["f1Weighted", (2 / 4 + 0 + 2 * (2 / 3)) / 4],
  ])("%s of a multiclass model, by hand; the last row is a tie and goes to class 0", (name, expected) => {
    const predictions = [
      [0.5, 0.25, 0.25],
      [0.4, 0.3, 0.3],
      [0.3, 0.3, 0.4],
      [0.45, 0.45, 0.1],
    ];

    expect(metrics[name].evaluate(multiclass([0, 1, 2, 2], predictions))).toBeCloseTo(expected, 12);
  });

  it.each<[BuiltInMetric, number]>([
    ["mae", 0.5],
    ["rmse", Math.sqrt(0.375)],
    ["r2", 0.9486081370449679],
    ["mape", 0.3273809523809524],
  ])("%s of a regression, by hand", (name, expected) => {
    expect(metrics[name].evaluate(regression([3, -0.5, 2, 7], [2.5, 0, 2, 8]))).toBeCloseTo(expected, 12);
  });

  it("cuts the calibration bins by row count, the larger ones first", () => {
    const rows = Array.from({ length: 11 }, (_, i) => i / 20);
    const labels = rows.map((_, i) => (i === 1 ? 1 : 0));
    // Rows 0 and 1 share the first bin; every other row is a bin of its own with label 0.
    const expected = (Math.abs(1 - rows[1]!) + rows.slice(2).reduce((sum, p) => sum + p, 0)) / 11;

    expect(metrics.ece.evaluate(binary(labels, rows))).toBeCloseTo(expected, 12);
  });

  it.each<[why: string, metric: BuiltInMetric, input: MetricInput]>([
    ["no rows", "accuracy", binary([], [])],
    ["one class", "rocAuc", binary([1, 1], [0.2, 0.3])],
    ["no positives", "prAuc", binary([0, 0], [0.2, 0.3])],
    ["nothing predicted positive", "precision", binary([0, 1], [0.2, 0.3])],
    ["no positives to find", "recall", binary([0, 0], [0.2, 0.7])],
    ["neither present nor predicted", "f1", binary([0, 0], [0.2, 0.3])],
    ["one class present", "mcc", binary([1, 1], [0.2, 0.7])],
    ["constant target", "r2", regression([0.1, 0.1, 0.1], [1, 2, 3])],
    ["one row", "r2", regression([1], [1])],
    ["a prediction that is not a number", "logLoss", binary([0, 1], [0.2, NaN])],
    ["a prediction that is not a number", "accuracy", binary([0, 1], [NaN, 0.7])],
    ["an infinite prediction", "mae", regression([0, 1], [0.2, Infinity])],
    ["no weight", "brier", binary([0, 1], [0.2, 0.3], [0, 0])],
    ["no weight on one class", "rocAuc", binary([0, 1], [0.2, 0.3], [1, 0])],
  ])("is undefined with %s: %s", (_why, name, input) => {
    expect(metrics[name].evaluate(input)).toBeUndefined();
  });

  it("leaves a class out of the averages that is neither present nor predicted", () => {
    const rows = multiclass(
      [0, 1],
      [
        [0.8, 0.1, 0.1],
        [0.1, 0.8, 0.1],
      ],
    );

    expect(evaluateMetrics(["f1Macro", "balancedAccuracy", "f1Weighted"], rows)).toEqual({
      f1Macro: 1,
      balancedAccuracy: 1,
      f1Weighted: 1,
    });
  });

  it("counts a class that the model does not know as wrong", () => {
    const shared = { task: "multiclass", classes: 3, target: Float64Array.of(0, 1, 2, -1) } as const;
    const predictions = Float64Array.of(0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.8, 0.1, 0.1);
    const values = evaluateMetrics(["accuracy", "balancedAccuracy", "f1Macro", "f1Weighted", "mcc", "logLoss"], {
      ...shared,
      predictions,
    });

    // As scikit-learn has it with a fourth class that nothing is ever predicted to be.
    expect(values["accuracy"]).toBe(0.75);
    expect(values["balancedAccuracy"]).toBe(0.75);
    expect(values["f1Macro"]).toBeCloseTo((2 / 3 + 1 + 1) / 4, 12);
    expect(values["f1Weighted"]).toBeCloseTo((2 / 3 + 1 + 1) / 4, 12);
    expect(values["mcc"]).toBeCloseTo((3 * 4 - 4) / Math.sqrt((16 - 4) * (16 - 6)), 12);
    expect(values["logLoss"]).toBeCloseTo((-3 * Math.log(0.8) - Math.log(1e-15)) / 4, 12);
  });

  it("gives no correlation to a model that always answers the same", () => {
    expect(metrics.mcc.evaluate(binary([0, 1, 1], [0.2, 0.3, 0.4]))).toBe(0);
  });

  it.each<[what: string, weights: number[] | undefined]>([
    ["rows that count alike", undefined],
    ["weights, one bin without any", Array.from({ length: 43 }, (_, i) => (i < 5 ? 0 : 1 + (i % 3)))],
  ])("takes the calibration error over the bins that a report shows: %s", (_what, weights) => {
    const predictions = Array.from({ length: 43 }, (_, i) => (i * 0.021) % 1);
    const input = binary(
      predictions.map((_, i) => (i % 4 === 0 || i > 30 ? 1 : 0)),
      predictions,
      weights,
    );

    const bins = calibrationBins(input);

    const start = [0, ...bins.map(({ rows }, i) => bins.slice(0, i).reduce((sum, bin) => sum + bin.rows, rows))];
    const skipped = weights === undefined ? 0 : 5;
    const weightOf = (i: number) => {
      const rows = (weights ?? predictions.map(() => 1)).slice(skipped + start[i]!, skipped + start[i + 1]!);
      return rows.reduce((sum, weight) => sum + weight, 0);
    };
    const total = bins.reduce((sum, _, i) => sum + weightOf(i), 0);
    const error = bins.reduce(
      (sum, { predicted, observed }, i) => sum + weightOf(i) * Math.abs(observed - predicted),
      0,
    );
    expect(bins).toHaveLength(weights === undefined ? 10 : 9);
    expect(error / total).toBeCloseTo(metrics.ece.evaluate(input)!, 12);
    expect(calibrationBins(binary([0, 1], [0.2, Number.NaN]))).toEqual([]);
  });

  it.each(metricNames.filter((name) => name !== "ece"))("weighs a row by 2 like having it twice: %s", (name) => {
    const input = metricsOfTask.regression.includes(name) ? regression([3, 0.5, 2, 7], [2.5, 0.1, 2, 8]) : confused;
    const twice = (values: Float64Array) => [...values, values[1]!, values[2]!];
    const weights = Float64Array.from(input.target, (_, row) => (row === 1 || row === 2 ? 2 : 1));
    const repeated = {
      ...input,
      target: Float64Array.from(twice(input.target)),
      predictions: Float64Array.from(twice(input.predictions)),
    };

    expect(metrics[name].evaluate({ ...input, weights })).toBeCloseTo(metrics[name].evaluate(repeated)!, 12);
  });

  it("names the tasks that a metric is for", () => {
    expect(metrics.rocAuc.tasks).toEqual(["binary"]);
    expect(metrics.logLoss.tasks).toEqual(["binary", "multiclass"]);
    expect(metrics.r2.tasks).toEqual(["regression"]);
    for (const name of metricNames) expect(metrics[name].name).toBe(name);
  });

  it("refuses arrays that do not belong together", () => {
    expect(() => metrics.mae.evaluate(regression([1, 2], [1]))).toThrow(RangeError);
    expect(() => metrics.mae.evaluate(regression([1, 2], [1, 2], [1]))).toThrow(RangeError);
  });
});

describe("pinball loss", () => {
  it("charges misses of a quantile by their side", () => {
    const rows = { ...regression([10, 10, 10], [8, 10, 13]), settings: { quantile: 0.9 } };

    expect(metrics.pinball.evaluate(rows)).toBeCloseTo((0.9 * 2 + 0 + 0.1 * 3) / 3, 12);
  });

  it("of the median, which it is for unless told, is half the absolute error", () => {
    const rows = regression([3, -0.5, 2, 7], [2.5, 0, 2, 8]);

    expect(metrics.pinball.evaluate(rows)).toBeCloseTo(metrics.mae.evaluate(rows)! / 2, 12);
  });
});

describe("Poisson deviance", () => {
  it("is that of scikit-learn's mean_poisson_deviance", () => {
    // 2 / 4 × [(2 ln 4 − 1.5) + 0.5 + (ln ½ + 1) + (4 ln 2 − 2)], the example of its page.
    const rows = regression([2, 0, 1, 4], [0.5, 0.5, 2, 2]);

    expect(metrics.poissonDeviance.evaluate(rows)).toBeCloseTo(1.4260151319598084, 12);
  });

  it("is 0 where every count is the mean that was predicted, and weighted elsewhere", () => {
    expect(metrics.poissonDeviance.evaluate(regression([1, 3], [1, 3]))).toBe(0);
    const [light, heavy] = [regression([1, 3], [1, 2], [3, 1]), regression([1, 3], [1, 2], [1, 3])];
    expect(metrics.poissonDeviance.evaluate(heavy)! / metrics.poissonDeviance.evaluate(light)!).toBeCloseTo(3, 12);
  });

  it("is large, not infinite, for a prediction of 0 where something was counted", () => {
    expect(metrics.poissonDeviance.evaluate(regression([1], [0]))).toBeCloseTo(70.087, 3);
    expect(metrics.poissonDeviance.evaluate(regression([0], [-3]))).toBeCloseTo(0, 12);
  });

  it("is not defined for a target below 0", () => {
    expect(metrics.poissonDeviance.evaluate(regression([1, -1], [1, 1]))).toBeUndefined();
  });
});

describe("the threshold", () => {
  it.each([
    [undefined, 1, 1 / 2],
    [0.5, 1, 1 / 2],
    [0.2, 2 / 3, 1],
    [0.95, undefined, 0],
  ])("%s makes precision %s and recall %s", (threshold, precision, recall) => {
    const rows = { ...binary([1, 1, 0, 0], [0.9, 0.2, 0.3, 0.1]), settings: { threshold } };

    expect(metrics.precision.evaluate(rows)).toBe(precision);
    expect(metrics.recall.evaluate(rows)).toBe(recall);
  });
});

describe("evaluateMetrics", () => {
  it("keeps undefined apart from missing", () => {
    const values = evaluateMetrics(["rocAuc", "brier"], binary([1, 1], [0.5, 0.5]));

    expect(values).toStrictEqual({ rocAuc: undefined, brier: 0.25 });
  });
});

describe("improvement", () => {
  it("is positive for the better challenger, whichever way the metric points", () => {
    expect(improvement(metrics.rocAuc, 0.7, 0.8)).toBeCloseTo(0.1, 12);
    expect(improvement(metrics.logLoss, 0.5, 0.4)).toBeCloseTo(0.1, 12);
    expect(improvement(metrics.r2, -0.5, -1)).toBe(-0.5);
  });
});
