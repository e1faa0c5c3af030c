import type { FitRequest, LabelledRows } from "@refit/core/runtime";
import type { GbdtSettings } from "./settings.ts";
import { describe, expect, it } from "vitest";
import {
  accuracy,
  binary,
  categorical,
  gbdtDefaults,
  labelled,
  meanAbsoluteError,
  mixedRows,
  multiclass,
  numeric,
  pick,
  regression,
  unit,
} from "../made-up.fixture.ts";
import { seededRandom } from "../random.ts";
import { gbdt } from "./gbdt.ts";

async function fitAndPredict(request: FitRequest<GbdtSettings>, rows: LabelledRows): Promise<Float64Array> {
  const model = await gbdt.load(await gbdt.fit(request));
  return model.predict(rows.features);
}

async function treesOf(request: FitRequest<GbdtSettings>): Promise<readonly unknown[]> {
  const files = await gbdt.fit(request);
  return JSON.parse(new TextDecoder().decode(files.get("model.json"))).trees;
}

function uniform(rows: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, () => unit(random));
}

const xor = (seed: number): LabelledRows => {
  const [a, b] = [uniform(1000, seed), uniform(1000, seed + 1)];
  return labelled(
    [numeric("a", a), numeric("b", b)],
    a.map((x, i) => (x > 0.5 === b[i]! > 0.5 ? 0 : 1)),
  );
};
const goodCategories = (seed: number): LabelledRows => {
  const codes = uniform(1000, seed).map((x) => 2 + Math.floor(20 * x));
  return labelled(
    [categorical("c", 20, codes)],
    codes.map((code) => ((code * 7) % 5 < 2 ? 1 : 0)),
  );
};
const tellingGaps = (seed: number): LabelledRows => {
  const gone = uniform(1000, seed).map((x) => x > 0.6);
  return labelled(
    [
      numeric(
        "a",
        uniform(1000, seed + 1).map((x, i) => (gone[i] ? NaN : x)),
      ),
    ],
    gone.map(Number),
  );
};

describe("gbdt learns", () => {
  it.each<[what: string, rows: (seed: number) => LabelledRows, atLeast: number]>([
    ["an interaction that no single column shows", xor, 0.97],
    ["categories in no order", goodCategories, 1],
    ["from values that are missing", tellingGaps, 1],
    ["mixed columns", (seed) => mixedRows("binary", 2000, seed), 0.85],
  ])("%s", async (_what, rows, atLeast) => {
    const unseen = rows(100);

    const predicted = await fitAndPredict(binary(gbdtDefaults, rows(1)), unseen);

    expect(accuracy(predicted, unseen.target)).toBeGreaterThanOrEqual(atLeast);
  });

  it("three classes", async () => {
    const unseen = mixedRows("multiclass", 2000, 100);

    const predicted = await fitAndPredict(multiclass(gbdtDefaults, 3, mixedRows("multiclass", 2000, 1)), unseen);

    expect(accuracy(predicted, unseen.target)).toBeGreaterThan(0.8);
    for (let row = 0; row < unseen.target.length; row++) {
      expect(predicted[3 * row]! + predicted[3 * row + 1]! + predicted[3 * row + 2]!).toBeCloseTo(1, 12);
    }
  });

  it("a regression to half of the error of the mean", async () => {
    const unseen = mixedRows("regression", 2000, 100);
    const mean = unseen.target.reduce((sum, value) => sum + value, 0) / unseen.target.length;

    const predicted = await fitAndPredict(regression(gbdtDefaults, mixedRows("regression", 2000, 1)), unseen);

    const dummy = meanAbsoluteError(
      unseen.target.map(() => mean),
      unseen.target,
    );
    expect(meanAbsoluteError(predicted, unseen.target)).toBeLessThan(dummy / 2);
  });

  it("a step and follows it monotonically", async () => {
    const x = uniform(1000, 1);
    const train = labelled(
      [numeric("x", x)],
      x.map((value) => 3 * value),
    );
    const grid = labelled([numeric("x", [0.05, 0.25, 0.5, 0.75, 0.95])], [0, 0, 0, 0, 0]);

    const predicted = await fitAndPredict(regression(gbdtDefaults, train), grid);

    expect([...predicted]).toEqual([...predicted].sort((a, b) => a - b));
    expect(meanAbsoluteError(predicted, [0.15, 0.75, 1.5, 2.25, 2.85])).toBeLessThan(0.05);
  });
});

describe("gbdt treats rows fairly", () => {
  it.each(["binary", "multiclass", "regression"] as const)("%s: weight 2 like the same row twice", async (task) => {
    const rows = mixedRows(task, 400, 3);
    const settings = { ...gbdtDefaults, minLeafRows: 1, minCategoryRows: 1, leaves: 8, trees: 20 };
    const request = { task, classes: { binary: 2, multiclass: 3, regression: 0 }[task], settings, seed: 7 };
    // Whole numbers: so few that copies do not move the edges of the bins.
    const columns = rows.features.columns.map((column) =>
      column.kind === "numeric" ? numeric(column.name, Array.from(column.values, Math.round)) : column,
    );
    const once = [...rows.target.keys()];
    const heavy = labelled(
      columns,
      [...rows.target],
      once.map((i) => (i % 3 === 0 ? 2 : 1)),
    );
    const copied = pick(
      heavy,
      once.flatMap((i) => (i % 3 === 0 ? [i, i] : [i])),
    );

    const byWeight = await fitAndPredict({ ...request, train: heavy, validation: heavy }, heavy);
    const byCopies = await fitAndPredict({ ...request, train: copied, validation: copied }, heavy);

    expect(meanAbsoluteError(byWeight, byCopies)).toBeLessThan(1e-6);
  });

  it("the same whatever the order of the columns", async () => {
    const rows = mixedRows("binary", 1000, 4);
    const turned = { ...rows, features: { ...rows.features, columns: rows.features.columns.toReversed() } };

    const straight = await fitAndPredict(binary(gbdtDefaults, rows), rows);
    const reversed = await fitAndPredict(binary(gbdtDefaults, turned), turned);

    expect(meanAbsoluteError(straight, reversed)).toBeLessThan(1e-9);
  });

  it("with a category it never saw like the rare ones, not like the best", async () => {
    const codes = Array.from({ length: 300 }, (_, i) => 2 + (i % 3));
    const train = labelled(
      [categorical("c", 5, codes)],
      codes.map((code) => (code === 2 ? 1 : 0)),
    );

    const [known, unseen] = await fitAndPredict(
      binary(gbdtDefaults, train),
      labelled([categorical("c", 5, [2, 6])], [1, 0]),
    );

    expect(known).toBeGreaterThan(0.9);
    expect(unseen).toBeLessThan(0.1);
  });

  it("with columns that never vary by leaving them alone", async () => {
    const train = labelled([numeric("a", [1, 1, 1, 1]), numeric("b", [NaN, NaN, NaN, NaN])], [0, 1, 1, 1]);

    const predicted = await fitAndPredict(binary({ ...gbdtDefaults, minLeafRows: 1 }, train), train);

    for (const probability of predicted) expect(probability).toBeCloseTo(0.75, 6);
  });

  it("and tells the columns that its trees split on", async () => {
    const values = uniform(400, 1);
    const train = labelled(
      [
        numeric(
          "still",
          values.map(() => 1),
        ),
        numeric("a", values),
      ],
      values.map((value) => (value > 0.5 ? 1 : 0)),
    );

    const model = await gbdt.load(await gbdt.fit(binary(gbdtDefaults, train)));

    expect(model.reads).toEqual(new Set(["a"]));
  });

  it("with an infinite value like every value that is not missing, where only that counts", async () => {
    const train = labelled([numeric("a", [1, 1, NaN, NaN])], [0, 0, 1, 1]);
    const settings = { ...gbdtDefaults, minLeafRows: 1, l2: 0, learningRate: 1, trees: 1 };

    const predicted = await fitAndPredict(
      regression(settings, train),
      labelled([numeric("a", [Infinity, -Infinity, NaN])], [0, 0, 0]),
    );

    expect([...predicted]).toEqual([0, 0, 1]);
  });

  it("with infinite values as the largest and smallest of all", async () => {
    const values = [-Infinity, -1, 1, Infinity];
    const train = labelled([numeric("a", values)], [0, 1, 1, 0]);
    const settings = { ...gbdtDefaults, minLeafRows: 1, l2: 0 };

    const predicted = await fitAndPredict(regression(settings, train), train);

    expect(meanAbsoluteError(predicted, train.target)).toBeLessThan(0.02);
  });
});

describe("gbdt settings", () => {
  const rows = mixedRows("binary", 1500, 5);
  const noise = labelled(rows.features.columns, uniform(1500, 9).map(Math.round));

  it("earlyStoppingRounds keeps the trees up to the best validation loss", async () => {
    const trees = await treesOf(binary({ ...gbdtDefaults, trees: 200, earlyStoppingRounds: 5 }, rows, noise));

    expect(trees.length).toBeLessThan(5);
  });

  it("settle fixes the number of trees that early stopping kept", async () => {
    const settings = { ...gbdtDefaults, trees: 200, earlyStoppingRounds: 5 };
    const files = await gbdt.fit(binary(settings, rows, noise));
    const settled = gbdt.settle(settings, files);

    const { length } = await treesOf(binary(settings, rows, noise));
    expect(settled).toEqual({ ...settings, trees: Math.max(1, length), earlyStoppingRounds: 0 });
  });

  it("earlyStoppingRounds 0 grows every tree", async () => {
    expect(await treesOf(binary(gbdtDefaults, rows, noise))).toHaveLength(50);
  });

  it.each<[what: string, change: Partial<GbdtSettings>, atLeast: number]>([
    ["half of the rows", { rowFraction: 0.5 }, 0.8],
    ["half of the columns", { featureFraction: 0.5 }, 0.8],
    ["one column at a time", { featureFraction: 0 }, 0.65],
  ])("%s, drawn by the seed, are enough to learn", async (_what, change, atLeast) => {
    const request = binary({ ...gbdtDefaults, ...change }, rows);

    const predicted = await fitAndPredict(request, rows);
    const otherSeed = await fitAndPredict({ ...request, seed: 8 }, rows);

    expect(accuracy(predicted, rows.target)).toBeGreaterThan(atLeast);
    expect(otherSeed).not.toEqual(predicted);
  });

  it("rowFraction below 1 still counts each tree once for every row", async () => {
    const x = uniform(200, 1).map(Math.round);
    const settings = { ...gbdtDefaults, rowFraction: 0.5, learningRate: 1, l2: 0, trees: 2 };

    const trees = await treesOf(regression(settings, labelled([numeric("x", x)], x)));

    // The first tree leaves no error, so that the second has nothing to add.
    expect(trees[1]).toMatchObject([{ leaf: [0] }]);
  });

  it("leaves 2 makes every tree a single split", async () => {
    const trees = await treesOf(binary({ ...gbdtDefaults, leaves: 2 }, rows));

    expect(trees).toSatisfy((rounds: { leaf: number[] }[][]) => rounds.every(([tree]) => tree!.leaf.length === 2));
  });

  it("minLeafRows beyond half of the rows leaves nothing to split", async () => {
    const trees = await treesOf(binary({ ...gbdtDefaults, minLeafRows: 751 }, rows));

    expect(trees).toSatisfy((rounds: { leaf: number[] }[][]) => rounds.every(([tree]) => tree!.leaf.length === 1));
  });

  it("reports progress about twenty times, up to 1", async () => {
    const seen: number[] = [];

    await gbdt.fit({ ...binary(gbdtDefaults, rows), onProgress: (done) => seen.push(done) });

    expect(seen).toHaveLength(20);
    expect(seen.at(-1)).toBe(1);
  });
});

it.each([1e200, Infinity, NaN])("gbdt says that a target of %s makes it diverge", async (extreme) => {
  const rows = mixedRows("regression", 100, 6);
  const train = { ...rows, target: rows.target.map((value, i) => (i === 3 ? extreme : value)) };

  await expect(gbdt.fit(regression(gbdtDefaults, train))).rejects.toMatchObject({ code: "learner-diverged" });
});
