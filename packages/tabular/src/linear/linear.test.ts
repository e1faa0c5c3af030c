import type { FitRequest, LabelledRows, InstantPredictor } from "@refit/core/runtime";
import type { LinearSettings } from "./settings.ts";
import { describe, expect, it } from "vitest";
import {
  accuracy,
  binary,
  categorical,
  labelled,
  linearDefaults,
  meanAbsoluteError,
  mixedRows,
  multiclass,
  numeric,
  pick,
  regression,
  unit,
} from "../made-up.fixture.ts";
import { seededRandom } from "../random.ts";
import { linear } from "./linear.ts";

async function fitted(request: FitRequest<LinearSettings>): Promise<InstantPredictor> {
  return linear.load(await linear.fit(request));
}

async function modelOf(request: FitRequest<LinearSettings>) {
  const files = await linear.fit(request);
  return JSON.parse(new TextDecoder().decode(files.get("model.json"))) as { weights: number[][]; means: number[] };
}

function draw(rows: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, () => unit(random));
}

describe("linear regression", () => {
  it("agrees with the closed form of a ridge on one standardised column", async () => {
    const x = draw(200, 1);
    const y = draw(200, 2).map((noise, i) => 1000 * (3 * x[i]! + noise));
    const l2 = 10;
    const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
    const stored = [...Float32Array.from(x)];
    const deviation = Math.sqrt(mean(stored.map((value) => (value - mean(stored)) * (value - mean(stored)))));
    const z = stored.map((value) => (value - mean(stored)) / deviation);
    const products = z.map((value, i) => value * y[i]!).reduce((sum, value) => sum + value, 0);

    const { weights } = await modelOf(regression({ ...linearDefaults, l2 }, labelled([numeric("x", x)], y)));

    expect(weights[0]![0]).toBeCloseTo(mean(y), 4);
    expect(weights[0]![1]).toBeCloseTo(products / (200 + l2), 4);
  });

  it("recovers numbers, categories and gaps exactly when nothing is penalised", async () => {
    const [a, b] = [draw(300, 1), draw(300, 2)];
    const codes = draw(300, 3).map((value) => 2 + Math.floor(3 * value));
    const gone = draw(300, 4).map((value) => value < 0.2);
    const target = a.map((x, i) => 5 + 2 * x + (gone[i] ? 7 : -4 * b[i]!) + codes[i]!);
    const gaps = b.map((x, i) => (gone[i] ? NaN : x));
    const rows = labelled([numeric("a", a), numeric("b", gaps), categorical("c", 3, codes)], target);

    const predicted = (await fitted(regression({ ...linearDefaults, l2: 0 }, rows))).predict(rows.features);

    expect(meanAbsoluteError(predicted, target)).toBeLessThan(1e-5);
  });

  it("reads a missing value as the mean where training had none missing", async () => {
    const x = draw(100, 1);
    const model = await fitted(regression(linearDefaults, labelled([numeric("x", x)], x)));
    const mean = x.reduce((sum, value) => sum + value, 0) / 100;

    const [predicted] = model.predict(labelled([numeric("x", [NaN])], [0]).features);

    expect(predicted).toBeCloseTo(mean, 6);
  });

  it("gives finite predictions for absurd inputs", async () => {
    const x = draw(100, 1);
    const files = await linear.fit(regression(linearDefaults, labelled([numeric("x", x)], x)));
    const steep = { ...JSON.parse(new TextDecoder().decode(files.get("model.json"))), weights: [[0, 1e300, 0]] };
    const model = await linear.load(new Map([["model.json", new TextEncoder().encode(JSON.stringify(steep))]]));

    const predicted = model.predict(
      labelled([numeric("x", [3e38, -3e38, Infinity, -Infinity])], [0, 0, 0, 0]).features,
    );

    expect(predicted.every(Number.isFinite)).toBe(true);
  });

  it("says nothing of a constant column", async () => {
    const { weights } = await modelOf(regression(linearDefaults, labelled([numeric("x", [2, 2, 2])], [1, 2, 6])));

    expect(weights).toEqual([[3, 0, 0]]);
  });

  it.each([1e200, Infinity, NaN])("says that a target of %s makes it diverge", async (extreme) => {
    const rows = labelled([numeric("x", [1, 2, 3])], [1, 2, extreme]);

    await expect(linear.fit(regression(linearDefaults, rows))).rejects.toMatchObject({ code: "learner-diverged" });
  });
});

describe("logistic regression", () => {
  it("ends where the gradient of the penalised likelihood is zero", async () => {
    const rows = mixedRows("binary", 500, 1);
    const plain = { ...rows, features: { ...rows.features, columns: rows.features.columns.slice(1, 2) } };
    const request = binary(linearDefaults, plain);
    const { weights, means } = await modelOf(request);
    const [, slope] = weights[0]!;
    const column = plain.features.columns[0]!;
    const values = column.kind === "numeric" ? column.values : [];

    const probabilities = (await fitted(request)).predict(plain.features);

    const residuals = probabilities.map((p, i) => p - plain.target[i]!);
    const spread = Math.sqrt(
      Array.from(values, (x) => (x - means[0]!) * (x - means[0]!)).reduce((sum, square) => sum + square, 0) / 500,
    );
    const bySlope = residuals.reduce((sum, r, i) => sum + (r * (values[i]! - means[0]!)) / spread, 0);
    expect(Math.abs(residuals.reduce((sum, r) => sum + r, 0))).toBeLessThan(1e-5);
    expect(Math.abs(bySlope + linearDefaults.l2 * slope!)).toBeLessThan(1e-5);
  });

  it("gives every category its penalised optimum within a few iterations, and an unseen one the level of all", async () => {
    const codes = draw(2000, 1).map((value) => 2 + Math.floor(30 * value * value));
    const rows = labelled(
      [categorical("c", 40, codes)],
      draw(2000, 2).map((value, i) => (value * codes[i]! > 6 ? 1 : 0)),
    );
    const request = binary({ ...linearDefaults, maxIterations: 30 }, rows);
    const coefficients = (await modelOf(request)).weights[0]!.slice(1);

    const probabilities = (await fitted(request)).predict(rows.features);

    for (const [code, coefficient] of coefficients.entries()) {
      const pull = probabilities.reduce((sum, p, i) => sum + (codes[i] === code ? p - rows.target[i]! : 0), 0);
      expect(Math.abs(pull + linearDefaults.l2 * coefficient)).toBeLessThan(1e-3);
    }
    expect(coefficients.reduce((sum, coefficient) => sum + coefficient, 0)).toBeCloseTo(0, 9);
    expect(coefficients.slice(32)).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it("separates what a line can separate", async () => {
    const rows = (seed: number): LabelledRows => {
      const [a, b] = [draw(1000, seed), draw(1000, seed + 1)];
      return labelled(
        [numeric("a", a), numeric("b", b)],
        a.map((x, i) => (x + 2 * b[i]! > 1.5 ? 1 : 0)),
      );
    };

    const predicted = (await fitted(binary(linearDefaults, rows(1)))).predict(rows(50).features);

    expect(accuracy(predicted, rows(50).target)).toBeGreaterThan(0.97);
  });

  it("stays finite on rows that are separated perfectly and unpenalised", async () => {
    const rows = labelled([numeric("x", [1, 2, 3, 4])], [0, 0, 1, 1]);

    const predicted = (await fitted(binary({ ...linearDefaults, l2: 0 }, rows))).predict(rows.features);

    expect(accuracy(predicted, rows.target)).toBe(1);
    expect(predicted.every((p) => p > 0 && p < 1)).toBe(true);
  });

  it("treats weight 2 like the same row twice", async () => {
    const rows = mixedRows("binary", 200, 2);
    const heavy = [...rows.target].map((_, i) => (i < 100 ? 2 : 1));
    const copied = pick(
      rows,
      [...rows.target.keys()].flatMap((i) => (i < 100 ? [i, i] : [i])),
    );

    const byWeight = await fitted(binary(linearDefaults, labelled(rows.features.columns, [...rows.target], heavy)));
    const byCopies = await fitted(binary(linearDefaults, copied));

    expect(meanAbsoluteError(byWeight.predict(rows.features), byCopies.predict(rows.features))).toBeLessThan(1e-6);
  });

  it("stops after maxIterations", async () => {
    const rows = mixedRows("binary", 300, 3);
    const seen: number[] = [];
    const settings = { ...linearDefaults, maxIterations: 3 };

    await linear.fit({ ...binary(settings, rows), onProgress: (done) => seen.push(done) });

    expect(seen).toEqual([1 / 3, 2 / 3, 1]);
  });
});

it("softmax regression tells three classes apart", async () => {
  const rows = (seed: number): LabelledRows => {
    const [a, b] = [draw(900, seed), draw(900, seed + 1)];
    return labelled(
      [numeric("a", a), numeric("b", b)],
      a.map((x, i) => (x > 0.6 ? 2 : b[i]! > 0.5 ? 1 : 0)),
    );
  };

  const predicted = (await fitted(multiclass(linearDefaults, 3, rows(1)))).predict(rows(50).features);

  expect(accuracy(predicted, rows(50).target)).toBeGreaterThan(0.9);
  for (let row = 0; row < 900; row++) {
    expect(predicted[3 * row]! + predicted[3 * row + 1]! + predicted[3 * row + 2]!).toBeCloseTo(1, 12);
  }
});
