import type { FeatureColumn, LabelledRows } from "@refit/core/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binary, categorical, gbdtDefaults, labelled, numeric, regression, unit } from "../made-up.fixture.ts";
import { type Random, seededRandom } from "../random.ts";
import { gbdt } from "./gbdt.ts";
import { readGbdt } from "./model-file.ts";
import type { GbdtSettings } from "./settings.ts";
import type { Tree } from "./tree.ts";

const settings: GbdtSettings = { ...gbdtDefaults, trees: 15, leaves: 16, minLeafRows: 3, minCategoryRows: 3, l2: 0.1 };

/** Columns a, b (numbers with gaps), c (categories) and d, and a target that follows them in every direction, with noise. */
function madeUp(rows: number, random: Random, isBinary: boolean): LabelledRows {
  const list = (of: () => number): number[] => Array.from({ length: rows }, of);
  const [a, b, d] = [1, 2, 3].map(() => list(() => Math.round(20 * unit(random)) / 10)) as [
    number[],
    number[],
    number[],
  ];
  const c = list(() => 2 + Math.floor(4 * unit(random)));
  const bend = 6 * unit(random) - 3;
  const signal = a.map((x, i) => Math.sin(bend * x) * (c[i]! - 3) + b[i]! * (d[i]! - 1) + 2 * unit(random));
  const gap = (values: number[]) => values.map((value) => (unit(random) < 0.1 ? NaN : value));
  const columns = [numeric("a", gap(a)), numeric("b", gap(b)), categorical("c", 4, c), numeric("d", d)];
  return labelled(columns, isBinary ? signal.map((s) => Number(s > 1)) : signal.map((s) => Math.max(0, s)));
}

/** The rows with one column's values in place of its own, all rows the same. */
function setTo({ features }: LabelledRows, name: string, value: number) {
  const columns = features.columns.map((column): FeatureColumn =>
    column.name === name && column.kind === "numeric"
      ? { ...column, values: new Float32Array(features.rows).fill(value) }
      : column,
  );
  return { ...features, columns };
}

const objectives: readonly Partial<GbdtSettings>[] = [
  {},
  { objective: "huber", delta: 0.5 },
  { objective: "quantile", quantile: 0.7 },
  { objective: "poisson" },
];
const shape = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  leaves: fc.integer({ min: 2, max: 40 }),
  change: fc.constantFrom<Partial<GbdtSettings>>(
    {},
    { l1: 1 },
    { rowFraction: 0.6, featureFraction: 0.7 },
    { minLeafRows: 1, l2: 0 },
  ),
});

describe("monotone", () => {
  it.each([...objectives.map((change) => ["regression", change] as const), ["binary", {}] as const])(
    "%s, %o: no prediction moves the wrong way, of any row, wherever the column goes",
    async (task, objective) => {
      await fc.assert(
        fc.asyncProperty(shape, async ({ seed, leaves, change }) => {
          const rows = madeUp(150, seededRandom(seed), task === "binary");
          const asked = { monotone: { a: "increasing", b: "decreasing" } } as const;
          const all = { ...settings, leaves, ...change, ...objective, ...asked };
          const files = await gbdt.fit(task === "binary" ? binary(all, rows) : regression(all, rows));
          const { predict } = await gbdt.load(files);

          for (const [name, direction] of [
            ["a", 1],
            ["b", -1],
          ] as const) {
            // prettier-ignore
            let before = predict(setTo(rows, name, -1));
            for (let value = 0; value <= 2.2; value += 0.1) {
              const now = predict(setTo(rows, name, value));
              for (let row = 0; row < 150; row++)
                expect(direction * (now[row]! - before[row]!)).toBeGreaterThanOrEqual(0);
              before = now;
            }
          }
        }),
        { seed: 1, numRuns: 12 },
      );
    },
  );

  it("would not come by itself", async () => {
    const rows = madeUp(150, seededRandom(1), false);
    const { predict } = await gbdt.load(await gbdt.fit(regression(settings, rows)));

    const [low, high] = [predict(setTo(rows, "a", 0)), predict(setTo(rows, "a", 2))];
    expect(low.some((value, row) => value > high[row]!)).toBe(true);
    expect(low.some((value, row) => value < high[row]!)).toBe(true);
  });

  it("still learns what goes the right way", async () => {
    const x = Array.from({ length: 400 }, (_, row) => row / 400);
    const rows = labelled([numeric("x", x)], x.map((value) => value * value)); // prettier-ignore
    const rising = { ...settings, trees: 60, monotone: { x: "increasing" } } as const;
    const { predict } = await gbdt.load(await gbdt.fit(regression(rising, rows)));

    const predicted = predict(rows.features);
    expect(Math.max(...predicted.map((value, row) => Math.abs(value - rows.target[row]!)))).toBeLessThan(0.03);
  });

  it("refuses an order of categories", async () => {
    const rows = madeUp(50, seededRandom(1), false);

    await expect(gbdt.fit(regression({ ...settings, monotone: { c: "increasing" } }, rows))).rejects.toMatchObject({
      code: "feature-conflict",
      message: '`monotone` names "c", whose categories have no order.',
    });
  });
});

/** Columns on each way from the root to a leaf. */
function ways(tree: Tree, child = 0, above: readonly number[] = []): (readonly number[])[] {
  if (tree.column.length === 0 || child < 0) return [above];
  const here = [...above, tree.column[child]!];
  return [tree.left[child], tree.right[child]].flatMap((next) => ways(tree, next, here));
}

describe("interactions", () => {
  it.each<[what: string, interactions: string[][], groups: number[][]]>([
    ["two groups", [["a", "b"], ["c", "d"]], [[0, 1], [2, 3]]], // prettier-ignore
    ["groups that share a column", [["a", "b"], ["b", "c"], ["d"]], [[0, 1], [1, 2], [3]]], // prettier-ignore
    ["one column alone, and the rest", [["d"]], [[3], [0, 1, 2]]],
    ["a name that is not here", [["a", "gone"]], [[0], [1, 2, 3]]],
  ])("%s: no way to a leaf has columns of two groups", async (_what, interactions, groups) => {
    await fc.assert(
      fc.asyncProperty(shape, async ({ seed, leaves, change }) => {
        const rows = madeUp(300, seededRandom(seed), false);
        const { rounds } = readGbdt(await gbdt.fit(regression({ ...settings, leaves, ...change, interactions }, rows)));

        const all = rounds.flatMap(([tree]) => ways(tree!));
        const mixed = all.filter((way) => !groups.some((group) => way.every((column) => group.includes(column))));
        expect(mixed).toEqual([]);
        if (leaves > 8) expect(all.some((way) => new Set(way).size > 1)).toBe(true);
      }),
      { seed: 2, numRuns: 10 },
    );
  });

  it("let a date stand for its calendar parts", async () => {
    const random = seededRandom(3);
    const list = (): number[] => Array.from({ length: 300 }, () => Math.floor(12 * unit(random)));
    const [month, day, x] = [list(), list(), list()] as [number[], number[], number[]];
    const rows = labelled(
      [numeric("joined.month", month), numeric("joined.dayOfWeek", day), numeric("x", x)],
      month.map((value, i) => value * day[i]! * x[i]!),
    );
    const { rounds } = readGbdt(await gbdt.fit(regression({ ...settings, interactions: [["joined"]] }, rows)));

    const all = rounds.flatMap(([tree]) => ways(tree!));
    expect(all.filter((way) => way.includes(2) && (way.includes(0) || way.includes(1)))).toEqual([]);
    expect(all.some((way) => way.includes(0) && way.includes(1))).toBe(true);
  });
});

describe("l1", () => {
  it("makes leaves with little to say 0, and nothing of all when it is strong enough", async () => {
    const rows = madeUp(300, seededRandom(4), false);
    const leaves = async (l1: number) => {
      const { rounds } = readGbdt(await gbdt.fit(regression({ ...settings, l1 }, rows)));
      return rounds.flatMap(([tree]) => tree!.leaf);
    };
    const sizes = (values: readonly number[]) => values.reduce((sum, value) => sum + Math.abs(value), 0);

    expect(sizes(await leaves(10))).toBeLessThan(sizes(await leaves(0)) / 2);
    expect(new Set(await leaves(1e6))).toEqual(new Set([0]));
  });
});
