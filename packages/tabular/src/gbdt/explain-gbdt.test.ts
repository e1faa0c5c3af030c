import fc from "fast-check";
import type { FeatureMatrix } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { explainers, learners } from "../index.ts";
import { binary, categorical, gbdtDefaults, mixedRows, multiclass, numeric } from "../made-up.fixture.ts";
import { type ModelHeader, outputsOf } from "../model-header.ts";
import { type GbdtModel, readGbdt, writeGbdt } from "./model-file.ts";
import { randomModel, randomRows } from "./random-model.fixture.ts";
import type { Tree } from "./tree.ts";

/** One row of the matrix, by the meaning of the model file. */
function isLeft({ rule, missingLeft, column }: Tree, split: number, { columns }: FeatureMatrix, row: number): boolean {
  const of = columns[column[split]!]!;
  const by = rule[split]!;
  if (of.kind === "categorical") return (by as number[]).includes(of.codes[row]!);
  const value = of.values[row]!;
  if (Number.isNaN(value)) return missingLeft[split] === 1;
  return by === Number.MAX_VALUE || value <= (by as number);
}

/** Background rows that reach the node, counted by walking each of them from the root. */
function rowsThrough(tree: Tree, node: number, background: FeatureMatrix): number {
  let count = 0;
  for (let row = 0; row < background.rows; row++) {
    let at = tree.column.length === 0 ? -1 : 0;
    while (at !== node && at >= 0) at = isLeft(tree, at, background, row) ? tree.left[at]! : tree.right[at]!;
    if (at === node) count++;
  }
  return count;
}

interface Game {
  readonly tree: Tree;
  readonly background: FeatureMatrix;
  readonly features: FeatureMatrix;
  readonly row: number;
}

/** What the tree answers when only these columns are known (Lundberg et al. 2020, algorithm 1: EXPVALUE). */
function worth({ tree, background, features, row }: Game, known: ReadonlySet<number>): number {
  const of = (node: number): number => {
    if (node < 0) return tree.leaf[-1 - node]!;
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    if (known.has(tree.column[node]!)) return of(isLeft(tree, node, features, row) ? left : right);
    const rows = rowsThrough(tree, node, background);
    const share = rows === 0 ? 0.5 : rowsThrough(tree, left, background) / rows;
    return share * of(left) + (1 - share) * of(right);
  };
  return of(tree.column.length === 0 ? -1 : 0);
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** Shapley's formula, over all sets of the other columns. */
function shapley(game: Game, column: number): number {
  const width = game.features.columns.length;
  const others = Array.from({ length: width }, (_, i) => i).filter((i) => i !== column);
  let sum = 0;
  for (let mask = 0; mask < 1 << others.length; mask++) {
    const known = new Set(others.filter((_, i) => ((mask >> i) & 1) === 1));
    const weight = (factorial(known.size) * factorial(width - known.size - 1)) / factorial(width);
    sum += weight * (worth(game, new Set([...known, column])) - worth(game, known));
  }
  return sum;
}

/** Scores by the trees alone, one array [rows] per output. */
function scores(model: GbdtModel, features: FeatureMatrix): number[][] {
  return Array.from({ length: outputsOf(model) }, (_, output) =>
    Array.from({ length: features.rows }, (_row, row) =>
      model.rounds.reduce((sum, round) => {
        const tree = round[output]!;
        let node = tree.column.length === 0 ? -1 : 0;
        while (node >= 0) node = isLeft(tree, node, features, row) ? tree.left[node]! : tree.right[node]!;
        return sum + tree.leaf[-1 - node]!;
      }, model.base[output]!),
    ),
  );
}

/** Largest distance between the scores and what the explanations add up to, and of `expected` from the mean score of the background. */
function gaps(model: GbdtModel, background: FeatureMatrix, features: FeatureMatrix): number {
  const explainer = explainers.gbdt(writeGbdt(model), background);
  const width = features.columns.length;
  const ofBackground = scores(model, background);
  return Math.max(
    ...explainer.contributions(features).flatMap((all, output) => {
      const mean = ofBackground[output]!.reduce((sum, score) => sum + score, 0) / background.rows;
      return [
        Math.abs(explainer.expected[output]! - mean),
        ...scores(model, features)[output]!.map((score, row) => {
          const sum = all.subarray(row * width, (row + 1) * width).reduce((total, value) => total + value, 0);
          return Math.abs(explainer.expected[output]! + sum - score);
        }),
      ];
    }),
  );
}

const headers = fc.constantFrom<Pick<ModelHeader, "task" | "classes">>(
  { task: "regression", classes: 0 },
  { task: "binary", classes: 2 },
  { task: "multiclass", classes: 3 },
);

describe("SHAP values of trees", () => {
  it("are Shapley's, by the sum over all sets of columns", () => {
    const cases = fc.record({
      seed: fc.nat(1_000_000),
      header: headers,
      numeric: fc.nat(3),
      categorical: fc.nat(2),
      leaves: fc.integer({ min: 1, max: 12 }),
      backgroundRows: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(cases, ({ header, backgroundRows, ...size }) => {
        const model = randomModel(header, { ...size, rounds: 2 });
        const background = randomRows(model.features, backgroundRows, size.seed);
        const features = randomRows(model.features, 3, size.seed + 1);
        const width = model.features.length;

        const found = explainers.gbdt(writeGbdt(model), background).contributions(features);

        for (const [output, all] of found.entries()) {
          for (let row = 0; row < features.rows; row++) {
            for (let column = 0; column < width; column++) {
              const expected = model.rounds.reduce(
                (sum, round) => sum + shapley({ tree: round[output]!, background, features, row }, column),
                0,
              );
              expect(Math.abs(all[row * width + column]! - expected)).toBeLessThan(1e-12);
            }
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it.each([
    ["binary", 0.7],
    ["multiclass", 1],
  ] as const)("add up to the score: %s trees of many leaves that were trained", async (task, rowFraction) => {
    const rows = mixedRows(task, 600, 1);
    const settings = { ...gbdtDefaults, trees: 20, minLeafRows: 2, rowFraction };
    const request = task === "binary" ? binary(settings, rows) : multiclass(settings, 3, rows);
    const model = readGbdt(await learners.gbdt.fit(request));

    expect(gaps(model, rows.features, mixedRows(task, 50, 2).features)).toBeLessThan(1e-9);
  });

  it("add up to the score on a path of 120 columns, where products are long", () => {
    const count = 120;
    const nodes = Array.from({ length: count }, (_, i) => i);
    const chain: Tree = {
      column: nodes,
      rule: nodes.map(() => 0.5),
      missingLeft: nodes.map(() => 0),
      left: nodes.map((i) => -1 - i),
      right: nodes.map((i) => (i + 1 < count ? i + 1 : -1 - count)),
      leaf: [...nodes, count],
    };
    const features = nodes.map((i) => ({ kind: "numeric" as const, name: `n${i}`, levels: 0 }));
    const model: GbdtModel = { task: "regression", classes: 0, features, base: [0], rounds: [[chain]] };
    const matrix = (rows: number, value: (row: number, column: number) => number): FeatureMatrix => ({
      rows,
      columns: nodes.map((i) =>
        numeric(
          `n${i}`,
          Array.from({ length: rows }, (_, row) => value(row, i)),
        ),
      ),
    });

    expect(
      gaps(
        model,
        matrix(200, (row, column) => (column < row % 121 ? 1 : 0)),
        matrix(3, (row, column) => (row === 0 ? 1 : (row + column) % 2)),
      ),
    ).toBeLessThan(1e-9);
  });

  it("give nothing to a column that no tree asks, and the same to two that do the same", () => {
    const tree = (column: number): Tree => ({
      column: [column],
      rule: [0.5],
      missingLeft: [0],
      left: [-1],
      right: [-2],
      leaf: [0, 1],
    });
    const features = ["a", "b", "unused"].map((name) => ({ kind: "numeric" as const, name, levels: 0 }));
    const model: GbdtModel = {
      task: "regression",
      classes: 0,
      features,
      base: [10],
      rounds: [[tree(0)], [tree(1)]],
    };
    const background = { rows: 2, columns: ["a", "b", "unused"].map((name) => numeric(name, [0, 1])) };
    const explainer = explainers.gbdt(writeGbdt(model), background);

    expect([...explainer.expected]).toEqual([11]);
    expect([...explainer.contributions(background)[0]!]).toEqual(
      [-0.5, -0.5, 0, 0.5, 0.5, 0].map((value) => expect.closeTo(value, 14)),
    );
  });

  it("are refused for other columns than the model's", () => {
    const model = randomModel(
      { task: "binary", classes: 2 },
      { seed: 1, numeric: 1, categorical: 1, rounds: 1, leaves: 4 },
    );
    const rows = randomRows(model.features, 3, 1);
    const other = { rows: 1, columns: [numeric("n0", [1]), categorical("else", 254, [2])] };

    expect(() => explainers.gbdt(writeGbdt(model), other)).toThrow("categorical");
    expect(() => explainers.gbdt(writeGbdt(model), rows).contributions(other)).toThrow("categorical");
  });
});
