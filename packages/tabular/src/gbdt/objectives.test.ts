import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { gbdtDefaults, labelled, mixedRows, numeric, regression, unit } from "../made-up.fixture.ts";
import { seededRandom } from "../random.ts";
import { gbdt } from "./gbdt.ts";
import { objectiveOf } from "./objective.ts";
import { renewLeaves } from "./renew-leaves.ts";
import type { GbdtSettings, ObjectiveSettings } from "./settings.ts";
import { weightedQuantile } from "./weighted-quantile.ts";
import { workbench } from "./workbench.ts";

const objectives: readonly ObjectiveSettings[] = [
  {},
  { objective: "huber", delta: 0.5 },
  { objective: "quantile", quantile: 0.8 },
  { objective: "poisson" },
];
const nameOf = ({ objective = "squared" }: ObjectiveSettings) => objective;
const settings: GbdtSettings = { ...gbdtDefaults, trees: 20, leaves: 8 };

/** Counts, with as many rows as the mixed ones. */
const counts = (rows: number, seed: number) => {
  const given = mixedRows("regression", rows, seed);
  return { ...given, target: given.target.map((value) => Math.max(0, Math.round(3 * value))) };
};
const rowsFor = (objective: ObjectiveSettings, rows: number, seed: number) =>
  nameOf(objective) === "poisson" ? counts(rows, seed) : mixedRows("regression", rows, seed);

describe("an objective", () => {
  it.each(objectives.map((objective) => [nameOf(objective), objective] as const))(
    "%s: its base is the best constant, whatever the weights",
    (_name, settingsOf) => {
      const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 4 })), {
        minLength: 1,
        maxLength: 12,
      });
      fc.assert(
        fc.property(rows, fc.double({ min: -3, max: 25, noNaN: true }), (given, other) => {
          const targets = given.map(([target]) => target);
          const objective = objectiveOf("regression", 0, settingsOf);
          fc.pre(nameOf(settingsOf) !== "poisson" || targets.some((target) => target > 0));
          const data = labelled([], targets, given.map(([, weight]) => weight)); // prettier-ignore
          const lossOf = (score: number) => objective.loss(data, [new Float64Array(targets.length).fill(score)]);

          // Huber's base is a step from the median, and as near as one step comes.
          const slack = nameOf(settingsOf) === "huber" ? 0.03 : 1e-9;
          const best = lossOf(objective.base(data)[0]!);
          expect(best).toBeLessThanOrEqual(lossOf(nameOf(settingsOf) === "poisson" ? other / 5 : other) + slack);
        }),
        { seed: 3 },
      );
    },
  );

  it.each(objectives.map((objective) => [nameOf(objective), objective] as const))(
    "%s: trees lower its own loss on rows that they have not seen",
    async (_name, objective) => {
      const [train, test] = [rowsFor(objective, 1500, 1), rowsFor(objective, 1500, 2)];
      const trees = { ...settings, trees: 60, ...objective };
      const predict = async (rows: typeof train) => {
        const model = await gbdt.load(await gbdt.fit(regression(trees, rows)));
        return model.predict(test.features);
      };
      const own = objectiveOf("regression", 0, objective);
      const scores = (values: Float64Array) => [own.link === "log" ? values.map(Math.log) : values];
      const lossOf = (values: Float64Array) => own.loss(test, scores(values));

      const predicted = await predict(train);

      const constant = own.base(train)[0]!;
      const dummy = own.loss(test, [new Float64Array(1500).fill(constant)]);
      const perfect = own.loss(test, scores(test.target.map((value) => Math.max(value, 1e-9))));
      expect(lossOf(predicted) - perfect).toBeLessThan(0.6 * (dummy - perfect));
    },
  );

  it("quantile: as many targets as asked lie below the prediction", async () => {
    const random = seededRandom(4);
    const x = Array.from({ length: 6000 }, () => unit(random));
    const spread = labelled(
      [numeric("x", x)],
      x.map((value) => value + value * 4 * unit(random)),
    );
    for (const quantile of [0.1, 0.5, 0.9]) {
      const request = regression({ ...settings, objective: "quantile" as const, quantile }, spread);
      const predicted = (await gbdt.load(await gbdt.fit(request))).predict(spread.features);

      const below = spread.target.filter((value, row) => value <= predicted[row]!).length / 6000;
      expect(below).toBeGreaterThan(quantile - 0.05);
      expect(below).toBeLessThan(quantile + 0.05);
    }
  });

  it("huber: far rows pull no more than by delta", async () => {
    const x = Array.from({ length: 400 }, (_, row) => row % 2);
    const outliers = labelled(
      [numeric("x", x)],
      x.map((value, row) => (row % 40 === 0 ? 1e6 : 5 * value + 3)),
    );
    const request = regression({ ...settings, trees: 50, objective: "huber" as const, delta: 1 }, outliers);

    const predicted = (await gbdt.load(await gbdt.fit(request))).predict(
      labelled([numeric("x", [0, 1])], [0, 0]).features,
    );

    expect(predicted[0]).toBeCloseTo(3, 0);
    expect(predicted[1]).toBeCloseTo(8, 0);
  });

  it("poisson: predicts means above 0, also where nothing was counted", async () => {
    const x = Array.from({ length: 400 }, (_, row) => row % 2);
    const rows = labelled([numeric("x", x)], x.map((value, row) => (value === 0 ? 0 : row % 7))); // prettier-ignore
    const request = regression({ ...settings, trees: 200, objective: "poisson" as const }, rows);

    const predicted = (await gbdt.load(await gbdt.fit(request))).predict(rows.features);

    const mean = rows.target.reduce((sum, value) => sum + value, 0) / 200;
    expect(predicted[1]).toBeCloseTo(mean, 1);
    expect(predicted[0]).toBeGreaterThan(0);
    expect(predicted[0]).toBeLessThan(0.05);
  });

  it("poisson: refuses a target below 0, and says where it may come from", async () => {
    const rows = labelled([numeric("x", [1, 2, 3])], [4, -1, 2]);
    const request = regression({ ...settings, objective: "poisson" as const }, rows);
    const named = { target: { name: "claims", task: "regression" as const, classes: null }, code: new Map() };

    await expect(gbdt.fit({ ...request, program: named })).rejects.toMatchObject({
      code: "negative-target",
      message:
        'The target "claims" is below 0 in 1 of 3 training rows and 1 of 3 validation rows, and `objective: poisson` predicts counts or amounts from 0 up.',
    });
  });

  it("stops early by its own loss", async () => {
    // Validation rows of another spread: each quantile has another number of trees there.
    const [train, validation] = [mixedRows("regression", 800, 1), mixedRows("regression", 300, 2)];
    const stopped = { ...settings, trees: 300, leaves: 15, earlyStoppingRounds: 5, objective: "quantile" as const };
    const own = objectiveOf("regression", 0, { objective: "quantile", quantile: 0.9 });
    const request = { ...regression({ ...stopped, quantile: 0.9 }, train), validation };

    const files = await gbdt.fit(request);
    const kept = gbdt.settle(request.settings, files).trees;

    const lossAfter = async (trees: number) => {
      const all = { ...request, settings: { ...request.settings, trees, earlyStoppingRounds: 0 } };
      return own.loss(validation, [(await gbdt.load(await gbdt.fit(all))).predict(validation.features)]);
    };
    expect(kept).toBeLessThan(300);
    expect(await lossAfter(kept)).toBeLessThan(await lossAfter(kept + 5));
    expect(await lossAfter(kept)).toBeLessThan(await lossAfter(Math.max(1, kept - 5)));
  });

  // Pinned, as in `same-bytes.test.ts`.
  it.each<[name: string, change: Partial<GbdtSettings>, pinned: string]>([
    ["huber", { objective: "huber", delta: 0.5 }, "965ef8d15e4dac09"],
    ["quantile", { objective: "quantile", quantile: 0.8 }, "248b18ac96ab4c7e"],
    ["poisson", { objective: "poisson" }, "312a49b71abf8209"],
    ["l1", { l1: 3 }, "55ebe5fdc17ed108"],
    ["monotone", { monotone: { a: "increasing", b: "decreasing" } }, "0a8326da5f7532ca"],
    ["interactions", { interactions: [["a", "b"], ["c"]] }, "9bf5c75b0e48f450"],
  ])("%s: the same request gives the same bytes everywhere", async (_name, change, pinned) => {
    const request = regression({ ...settings, rowFraction: 0.7, ...change }, counts(800, 1));
    const bytes = (await gbdt.fit(request)).get("model.json")!;

    expect(createHash("sha256").update(bytes).digest("hex").slice(0, 16)).toBe(pinned);
  });
});

describe("renewed leaves", () => {
  const residuals = fc.array(
    fc.tuple(fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.integer({ min: -3, max: 3 })), fc.integer({ min: 1, max: 5 })), // prettier-ignore
    { minLength: 1, maxLength: 60 },
  );

  it.each([0.001, 0.1, 0.5, 0.9, 0.999])("have the quantile %s of what is left, as sorting finds it", (quantile) => {
    fc.assert(
      fc.property(residuals, fc.boolean(), (given, isWeighted) => {
        const target = Float64Array.from(given, ([value]) => value);
        const weights = Float64Array.from(given, ([, weight]) => weight);
        const rows = { features: { rows: target.length, columns: [] }, target, ...(isWeighted && { weights }) };
        const bench = workbench(
          { train: rows, further: rows.features, outputs: 1 },
          { ...settings, learningRate: 1 },
          { maxBins: 255 },
        );
        bench.tree.order.set(Uint32Array.from(target.keys()));
        const leaf = { column: [], rule: [], missingLeft: [], left: [], right: [], leaf: [0] };
        const grown = { tree: leaf, leafRows: [[0, target.length]] as const };

        const objective = objectiveOf("regression", 0, { objective: "quantile", quantile });
        const [value] = renewLeaves(bench, grown, objective).tree.leaf;

        expect(value).toBe(Number(weightedQuantile(rows, quantile).toPrecision(9)));
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
