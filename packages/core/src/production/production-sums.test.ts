import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateMetrics } from "../metrics/metrics.ts";
import { deLong } from "../statistics/paired/delong.ts";
import { measureSums } from "./measure-sums.ts";
import { addSums, noSums } from "./production-sums.ts";
import { binScore, binValue, scoreBin, valueBin } from "./significant-bits.ts";
import type { CanaryRows } from "./canary-differences.ts";
import { sumRows, type SumSettings } from "./sum-rows.ts";

const canary = { loss: "brier", margin: 0.01, outcome: "independent" } as const;
const binary: SumSettings = { task: "binary", classes: 2, metrics: ["rocAuc", "profit"], canary };
const multiclass: SumSettings = { task: "multiclass", classes: 3, metrics: ["logLoss"], canary };
const regression: SumSettings = {
  task: "regression",
  classes: 0,
  metrics: ["mae", "mape", "pinball", "poissonDeviance"],
  metricSettings: { quantile: 0.9 },
  centre: 5,
  canary: { ...canary, loss: "absolute", scale: 4 },
};

/** Uniform in [0, 1), the same for the same row. */
const draw = (row: number) => Math.abs(Math.sin(row * 12.9898 + 1) * 43_758.5453) % 1;

function madeRows({ task }: SumSettings, rows: readonly number[]): CanaryRows {
  const width = task === "multiclass" ? 3 : 1;
  const labelOf = (row: number) =>
    task === "regression"
      ? 1 + 10 * draw(row)
      : task === "binary"
        ? draw(row) < 0.3
          ? 1
          : 0
        : Math.floor(3.2 * draw(row)) % 4 === 3
          ? -1
          : Math.floor(3.2 * draw(row));
  const answersOf = (shift: number) => {
    const predictions = new Float64Array(rows.length * width);
    rows.forEach((row, place) => {
      const noise = [1, 2, 3].map((k) => draw(row * 7 + k * 1000 + shift));
      if (task === "regression") predictions[place] = labelOf(row) + 3 * (noise[0]! - 0.5);
      else if (task === "binary") predictions[place] = (0.3 * labelOf(row) + noise[0]!) / 1.3;
      else {
        const total = noise[0]! + noise[1]! + noise[2]!;
        noise.forEach((value, k) => (predictions[place * 3 + k] = value / total));
      }
    });
    return { predictions, ownValues: { profit: Float64Array.from(rows, (row) => 100 * draw(row + shift) - 20) } };
  };
  return {
    labels: Float64Array.from(rows, labelOf),
    answers: answersOf(0),
    other: answersOf(50_000),
    arm: "champion",
  };
}

const range = (length: number) => Array.from({ length }, (_, row) => row);
const shape = fc.constantFrom(binary, multiclass, regression);

describe("sums", () => {
  it("are the same whatever the order of the rows and however they are split", () => {
    fc.assert(
      fc.property(
        shape,
        fc.shuffledSubarray(range(60), { minLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 4 }),
        (settings, order, cuts) => {
          const edges = [0, ...cuts.toSorted((a, b) => a - b), 60];
          const parts = edges
            .slice(1)
            .map((end, part) => sumRows(madeRows(settings, order.slice(edges[part], end)), settings));
          const whole = sumRows(madeRows(settings, range(60)), settings);

          expect(JSON.stringify(parts.reduce(addSums))).toBe(JSON.stringify(whole));
          expect(addSums(noSums, whole)).toEqual(whole);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("have integers only", () => {
    for (const settings of [binary, multiclass, regression]) {
      const numbers = JSON.stringify(sumRows(madeRows(settings, range(300)), settings)).match(/-?\d[\d.e+-]*/g)!;

      expect(numbers.filter((text) => !Number.isSafeInteger(Number(text)))).toEqual([]);
    }
  });

  it("leave out and count rows without a finite label or answer", () => {
    for (const settings of [binary, multiclass, regression]) {
      const rows = madeRows(settings, range(40));
      const labels = rows.labels.slice();
      labels[3] = NaN;
      const predictions = rows.answers.predictions.slice();
      predictions[predictions.length - 1] = Infinity;
      const damaged = sumRows({ ...rows, labels, answers: { ...rows.answers, predictions } }, settings);
      const kept = range(39).filter((row) => row !== 3);

      expect(damaged).toEqual({ ...sumRows(madeRows(settings, kept), settings), unusable: 2 });
    }
  });
});

describe("measureSums", () => {
  it.each<[string, SumSettings, string[], number]>([
    [
      "binary, exactly",
      binary,
      ["logLoss", "brier", "accuracy", "balancedAccuracy", "f1", "mcc", "precision", "recall"],
      6,
    ],
    ["binary, by bins", binary, ["rocAuc", "prAuc", "ece"], 2],
    ["multiclass", multiclass, ["logLoss", "accuracy", "balancedAccuracy", "f1Macro", "f1Weighted", "mcc"], 6],
    ["regression", regression, ["mae", "rmse", "r2", "mape", "pinball", "poissonDeviance"], 2],
    [
      "a metric of the model's own",
      { ...binary, metricSettings: { own: { profit: { higherIsBetter: true, row: "x" } } } },
      ["profit"],
      1,
    ],
  ])("gives what the metric gives on the rows: %s", (_name, settings, names, digits) => {
    const rows = madeRows(settings, range(3000));
    const sums = sumRows(rows, settings);
    const expected = evaluateMetrics(names, {
      task: settings.task,
      classes: settings.classes,
      target: rows.labels,
      predictions: rows.answers.predictions,
      ownValues: rows.answers.ownValues!,
      ...(settings.metricSettings && { settings: settings.metricSettings }),
    });

    for (const name of names) {
      const measured = measureSums(sums, name)!;
      expect({ name, value: measured.value }).toEqual({
        name,
        value: expect.closeTo(expected[name]!, digits) as number,
      });
      expect(measured.rows).toBe(3000);
    }
  });

  it("has DeLong's standard error for ROC AUC", () => {
    const rows = madeRows(binary, range(2000));
    const { predictions } = rows.answers;
    const scores = predictions.map((score) => binScore(scoreBin(score)));
    const expected = deLong(rows.labels, scores, scores)!;
    const measured = measureSums(sumRows(rows, binary), "rocAuc")!;

    expect(measured.value).toBeCloseTo(expected.aucChampion, 12);
    expect(measured.standardError).toBeCloseTo(Math.sqrt(expected.varianceChampion), 12);
  });

  it.each<[string, SumSettings, string[]]>([
    ["binary", binary, ["rocAuc", "prAuc", "logLoss", "brier", "accuracy", "f1", "mcc", "precision"]],
    ["multiclass", multiclass, ["logLoss", "f1Macro", "balancedAccuracy"]],
    ["regression", regression, ["mae", "rmse", "mape"]],
  ])("has the standard error that samples show: %s", (_name, settings, names) => {
    const samples = range(150).map((sample) =>
      sumRows(
        madeRows(
          settings,
          range(300).map((row) => sample * 300 + row),
        ),
        settings,
      ),
    );
    for (const name of names) {
      const found = samples.map((sums) => measureSums(sums, name)!);
      const mean = found.reduce((sum, { value }) => sum + value, 0) / 150;
      const spread = Math.sqrt(found.reduce((sum, { value }) => sum + (value - mean) * (value - mean), 0) / 149);
      const told = found.reduce((sum, { standardError }) => sum + standardError, 0) / 150;

      expect({ name, ratio: told / spread }).toEqual({ name, ratio: expect.closeTo(1, 0.5) as number });
    }
  });

  it("never tells of too small an error for r2, which is bounded", () => {
    const samples = range(200).map((sample) =>
      measureSums(
        sumRows(
          madeRows(
            regression,
            range(300).map((row) => sample * 300 + row),
          ),
          regression,
        ),
        "r2",
      )!,
    );
    const mean = samples.reduce((sum, { value }) => sum + value, 0) / 200;
    const spread = Math.sqrt(samples.reduce((sum, { value }) => sum + (value - mean) * (value - mean), 0) / 199);

    expect(samples.reduce((sum, { standardError }) => sum + standardError, 0) / 200).toBeGreaterThan(spread);
  });

  it.each<[string, SumSettings, readonly number[], string]>([
    ["no rows", binary, [], "brier"],
    ["one class", binary, range(200).filter((row) => draw(row) >= 0.3), "rocAuc"],
    ["a metric that was not summed", regression, range(20), "profit"],
    ["a metric of another task", regression, range(20), "rocAuc"],
    ["an unknown metric", multiclass, range(20), "toString"],
  ])("is null for %s", (_name, settings, rows, metric) => {
    expect(measureSums(sumRows(madeRows(settings, rows), settings), metric)).toBeNull();
  });
});

describe("bins", () => {
  it("grow with the number, and stand for one close to it", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
        fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
        (a, b) => {
          if (a <= b) expect(valueBin(a)).toBeLessThanOrEqual(valueBin(b));
          expect(valueBin(binValue(valueBin(a)))).toBe(valueBin(a));
          expect(Math.abs(binValue(valueBin(a)) - a)).toBeLessThanOrEqual(Math.max(Math.abs(a) / 128, 1e-12));
        },
      ),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 0, max: 1 }), fc.double({ noNaN: true, min: 0, max: 1 }), (a, b) => {
        if (a <= b) expect(scoreBin(a)).toBeLessThanOrEqual(scoreBin(b));
        expect(scoreBin(binScore(scoreBin(a)))).toBe(scoreBin(a));
        expect(scoreBin(1 - a) + scoreBin(a)).toBe(scoreBin(1));
        expect(Math.abs(binScore(scoreBin(a)) - a)).toBeLessThanOrEqual(Math.max(Math.min(a, 1 - a) / 64, 1e-12));
      }),
    );
  });

  it.each([0, 1, -1, 3, 127, -128, 0.5, 100])("keep %d exactly", (value) => {
    expect(binValue(valueBin(value))).toBe(value);
  });
});
