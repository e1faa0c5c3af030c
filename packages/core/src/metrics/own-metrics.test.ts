import { describe, expect, it } from "vitest";
import { compareModels, type ModelsRequest } from "../judge/compare-models.ts";
import { compareSlices } from "../judge/compare-slices.ts";
import { testHarm, testNonInferiority } from "../judge/run-tests.ts";
import { comparePaired, type PairedComparison } from "../statistics/compare-paired.ts";
import { measureDecline } from "../statistics/measure-decline.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import type { MetricSettings } from "./metric.ts";
import { evaluateMetrics, metricOf } from "./metrics.ts";
import { answersFor } from "./model-answers.ts";

const settings: MetricSettings = {
  own: {
    error: { row: "abs(answer - label)", higherIsBetter: false },
    profit: { row: "-abs(answer - label)", higherIsBetter: true },
  },
};
const rows = 200;
const next = randomBits(5);
const uniform = () => (next() + 0.5) / 4_294_967_296;
const target = Float64Array.from({ length: rows }, uniform);
const model = (noise: number) => target.map((value) => value + noise * (uniform() - 0.5));
const [champion, challenger] = [model(1.2), model(1)];
const weights = Float64Array.from({ length: rows }, (_, row) => 1 + (row % 3));
const errorsOf = (predictions: Float64Array) => predictions.map((value, row) => Math.abs(value - target[row]!));
const answers = (predictions: Float64Array) => ({
  predictions,
  ownValues: { error: errorsOf(predictions), profit: errorsOf(predictions).map((error) => -error) },
});
const shape = { task: "regression", classes: 0, target, settings, seed: 3, replicates: 300 } as const;

describe("a metric of the model's own", () => {
  it.each([
    ["each row alike", {}],
    ["rows that weigh", { weights }],
    ["groups of rows", { groups: Int32Array.from({ length: rows }, (_, row) => row >> 2) }],
  ])("is tested as a built-in mean of a number per row, %s", (_why, drawn) => {
    const built = comparePaired({ ...shape, ...drawn, metric: "mae", champion, challenger });
    const paired = (metric: string) => ({
      champion: answersFor(metric, answers(champion)),
      challenger: answersFor(metric, answers(challenger)),
    });
    const { spread, ...own } = comparePaired({ ...shape, ...drawn, ...paired("error"), metric: "error" });
    const other = comparePaired({ ...shape, ...drawn, ...paired("profit"), metric: "profit" });

    expect(own).toEqual({ ...built, metric: "error", higherIsBetter: false });
    expect(other.improvement).toBeCloseTo(built.improvement!, 12);
    expect(other.pSuperior).toBeCloseTo(built.pSuperior!, 12);
    expect(other.spread).toBeCloseTo(spread!, 12);
  });

  it("is a weighted mean, whatever the task", () => {
    const input = { target: Float64Array.of(0, 2, 1), predictions: new Float64Array(9), classes: 3, settings };
    const values = { ...input, task: "multiclass", ownValues: { profit: Float64Array.of(4, -1, 0) } } as const;

    expect(evaluateMetrics(["profit"], values)).toEqual({ profit: 1 });
    expect(evaluateMetrics(["profit"], { ...values, weights: Float64Array.of(1, 2, 5) })).toEqual({ profit: 0.25 });
  });

  it("measures its margins by how the champion's numbers spread", () => {
    const values = Float64Array.of(0, 0, 10, 10);
    const request = { ...shape, target: values, champion: values, metric: "profit" };
    const { spread } = comparePaired({ ...request, challenger: values });
    const weighted = comparePaired({ ...request, challenger: values, weights: Float64Array.of(3, 0, 1, 0) });
    const compared: PairedComparison = {
      metric: "profit",
      higherIsBetter: true,
      champion: 0,
      challenger: 0,
      improvement: 0,
      interval: null,
      standardError: 0.1,
      pSuperior: 0.5,
      pInferior: 0.5,
      method: "paired-bootstrap",
      spread: spread!,
    };

    expect(spread).toBe(5);
    expect(weighted.spread).toBeCloseTo(Math.sqrt(18.75), 12);
    expect(testHarm("champion", compared).margin).toBe(1);
    expect(testNonInferiority("champion", compared, {}).margin).toBe(0.1);
    expect(testNonInferiority("champion", compared, { margin: 2 }).margin).toBe(2);
    expect(testHarm("champion", { ...compared, spread: 0 }).passed).toBe(false);
  });

  it("declines in its own direction", () => {
    const now = { target, predictions: errorsOf(model(4)) };
    const before = { target, predictions: errorsOf(champion) };

    expect(measureDecline({ ...shape, metric: "error", before, now })!.upper).toBeLessThan(-0.3);
    expect(measureDecline({ ...shape, metric: "profit", before, now })!.upper).toBeGreaterThan(0.3);
    expect(measureDecline({ ...shape, metric: "error", before: { value: 0.3, rows }, now })!.upper).toBeLessThan(-0.3);
  });

  it("is not guessed", () => {
    expect(() => metricOf("loss", settings)).toThrow("no metric called loss");
    expect(() => metricOf("constructor", settings)).toThrow("no metric called constructor");
    expect(() => answersFor("profit", { predictions: champion })).toThrow("profit was not computed");
  });
});

describe("models compared by a metric of their own", () => {
  const classes = ["a", "b", "c"];
  const labels = Float64Array.from({ length: rows }, (_, row) => row % 3);
  /** Right where `isRight` says so, and sure of it. */
  const classifier = (isRight: (row: number) => boolean) => {
    const predictions = Float64Array.from({ length: rows * 3 }, (_, i) => {
      const [row, each] = [Math.floor(i / 3), i % 3];
      return each === (isRight(row) ? row % 3 : (row + 1) % 3) ? 0.8 : 0.1;
    });
    return { predictions, ownValues: { profit: labels.map((_, row) => (isRight(row) ? 3 : -1)) } };
  };
  const request: ModelsRequest = {
    target: { name: "kind", task: "multiclass", classes },
    labels,
    dummy: classifier((row) => row % 3 === 0),
    champion: classifier((row) => row % 2 === 0),
    challenger: classifier((row) => row % 4 !== 1),
    groups: null,
    weights: null,
    sensitive: false,
    settings,
    duplicates: Uint32Array.of(0, 1, 2, 3),
    metrics: ["profit", "accuracy"],
    primary: "profit",
    minRows: 50,
    seed: 1,
    replicates: 300,
  };

  it("stand beside built-in ones, against the dummy and without duplicates too", () => {
    const { metrics, dummy, withoutDuplicates, against, overChampion } = compareModels(request);

    expect(metrics[0]).toMatchObject({
      metric: "profit",
      champion: 1,
      challenger: 2,
      improvement: 1,
      higherIsBetter: true,
    });
    expect(metrics[1]).not.toHaveProperty("higherIsBetter");
    expect(dummy).toMatchObject({ metric: "profit", challenger: 2, higherIsBetter: true });
    expect(dummy.pSuperior).toBeLessThan(0.01);
    expect(withoutDuplicates!.metric).toMatchObject({ champion: 1, challenger: 2 });
    expect(against(request.challenger).reason).toBe("no-information");
    expect(overChampion(request.dummy)!.improvement).toBeLessThan(-0.5);
  });

  it("have it without a champion", () => {
    const [row] = compareModels({ ...request, champion: null }).metrics;

    expect(row).toMatchObject({ metric: "profit", champion: undefined, challenger: 2, higherIsBetter: true });
  });

  it("have it in every slice, with a test", () => {
    const members = Uint32Array.from({ length: 150 }, (_, i) => i);
    const slices = [
      { column: "size", value: "all", members },
      { column: "size", value: "few", members: Uint32Array.of(1, 5, 9) },
    ];
    const found = compareSlices(slices, {
      ...request,
      task: "multiclass",
      classes: 3,
      target: labels,
      champion: request.challenger,
      challenger: request.champion!,
    });

    expect(found[0]!.metrics[0]).toMatchObject({
      metric: "profit",
      improvement: 1 - found[0]!.metrics[0]!.champion!,
      higherIsBetter: true,
    });
    expect(found[0]!.pRegression).toBeLessThan(0.001);
    expect(found[1]!.metrics[0]).toMatchObject({
      metric: "profit",
      champion: -1,
      challenger: -1,
      higherIsBetter: true,
    });
  });
});
