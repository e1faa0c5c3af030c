import type { FeatureColumn } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { categorical, gbdtDefaults, numeric } from "../made-up.fixture.ts";
import { growTree } from "./grow-tree.ts";
import type { HistogramPool } from "./histogram-pool.ts";
import { NO_THRESHOLD } from "./split-rule.ts";
import { workbench } from "./workbench.ts";

/** One tree that fits `target` from 0 by squared error at full speed. */
function grow(columns: readonly FeatureColumn[], target: readonly number[], poolBytes?: number) {
  const features = { rows: target.length, columns };
  const settings = { ...gbdtDefaults, leaves: 8, minLeafRows: 1, minCategoryRows: 1, l2: 0, learningRate: 1 };
  const limits = poolBytes === undefined ? { maxBins: 255 } : { maxBins: 255, poolBytes };
  const bench = workbench(
    { train: { features, target: Float64Array.from(target) }, further: features, outputs: 1 },
    settings,
    limits,
  );
  bench.pairs.set(target.flatMap((value) => [-value, 1]));
  const pool = countingPool(bench.pool);
  const drawn = { rows: target.length, columns: Uint32Array.from(columns.keys()) };
  return { ...growTree({ ...bench, pool }, drawn), rows: bench.tree.order, pool };
}

/** Counts the histograms that are out. */
function countingPool(pool: HistogramPool) {
  const counts = { now: 0, most: 0 };
  const take = (): number => {
    counts.most = Math.max(counts.most, ++counts.now);
    return pool.take();
  };
  const give = (histogram: number): void => {
    counts.now--;
    pool.give(histogram);
  };
  return { ...pool, take, give, counts };
}

describe("growTree", () => {
  it("splits where the target changes, and puts the mean into the leaves", () => {
    const { tree } = grow([numeric("a", [1, 2, 3, 4])], [5, 5, 9, 9]);

    expect(tree).toEqual({ column: [0], rule: [2.5], missingLeft: [0], left: [-1], right: [-2], leaf: [5, 9] });
  });

  it("divides the leaf that gains most first, and numbers children after their parents", () => {
    const { tree } = grow([numeric("a", [1, 2, 3, 4])], [0, 1, 100, 120]);

    expect(tree.rule).toEqual([2.5, 3.5, 1.5]);
    expect(tree.left).toEqual([2, -2, -1]);
    expect(tree.right).toEqual([1, -3, -4]);
    expect(tree.leaf).toEqual([0, 100, 120, 1]);
  });

  it("has a split of missing values from present ones without an edge", () => {
    const { tree } = grow([numeric("a", [1, 1, NaN, NaN])], [0, 0, 1, 1]);

    expect(tree.rule).toEqual([NO_THRESHOLD]);
    expect(tree.missingLeft).toEqual([0]);
  });

  it("leaves each leaf's rows together, in their order", () => {
    const { tree, leafRows, rows } = grow([categorical("c", 2, [2, 3, 2, 3, 3])], [0, 7, 0, 7, 7]);

    const rowsOf = new Map(tree.leaf.map((value, i) => [value, [...rows.subarray(...leafRows[i]!)]]));
    expect(rowsOf).toEqual(
      new Map([
        [0, [0, 2]],
        [7, [1, 3, 4]],
      ]),
    );
  });

  it("is one leaf when nothing can be split", () => {
    const { tree } = grow([numeric("a", [3, 3])], [4, 6]);

    expect(tree).toEqual({ column: [], rule: [], missingLeft: [], left: [], right: [], leaf: [5] });
  });

  it("grows the same tree without room to keep histograms, two at a time", () => {
    const columns = [numeric("a", [5, 3, 8, 1, 9, 2, 7, 4]), categorical("c", 2, [2, 3, 2, 3, 2, 3, 3, 2])];
    const target = [1, 20, 300, 4000, 5, 60, 700, 8000];

    const roomy = grow(columns, target);
    const narrow = grow(columns, target, 0);

    expect(narrow.tree).toEqual(roomy.tree);
    expect(narrow.pool.counts).toEqual({ now: 0, most: 2 });
    expect(roomy.pool.counts.now).toBe(0);
    expect(roomy.pool.counts.most).toBeGreaterThan(2);
  });
});
