import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { FeatureMatrix, InputRows, Predictor } from "./learner.ts";
import { pickFeatures, stackFeatures } from "./pick-features.ts";
import { shuffled, shuffleImportance, visitShuffled } from "./shuffle-importance.ts";

const rows = 200;
const values = (scale: number) => Float32Array.from({ length: rows }, (_, i) => scale * ((i * 0.618_034) % 1));
const features: FeatureMatrix = {
  rows,
  columns: [
    { kind: "numeric", name: "x", values: values(1) },
    { kind: "numeric", name: "y", values: values(1) },
    { kind: "categorical", name: "c", levels: 2, codes: Uint8Array.from({ length: rows }, (_, i) => i % 4) },
    { kind: "numeric", name: "unused", values: values(9) },
  ],
};
const predictor = {
  predict({ rows: count, columns: [x, y, c] }: FeatureMatrix) {
    if (x?.kind !== "numeric" || y?.kind !== "numeric" || c?.kind !== "categorical") throw new TypeError("columns");
    return Float64Array.from({ length: count }, (_, i) => x.values[i]! - y.values[i]! + c.codes[i]!);
  },
};
/** One column of text. */
function inputRows(texts: readonly (string | null)[]): InputRows {
  const dictionary = [...new Set(texts)].filter((text) => text !== null);
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : dictionary.indexOf(text)));
  return {
    columns: [{ name: "word", type: "string" }],
    read: async () => ({ kind: "text", name: "word", type: "string", dictionary, codes }),
  };
}
const groups = (...names: string[][]) => new Map(names.map((members) => [members.join(), new Set(members)]));

describe("shuffleImportance", () => {
  it("is 0 for what the model does not look at, and grows with what hangs on a column", async () => {
    const found = await shuffleImportance(predictor, features, groups(["x"], ["c"], ["unused"]), 7);

    expect(found.get("unused")).toBe(0);
    // Two independent uniform numbers are a third apart on average, two of four codes five quarters.
    expect(found.get("x")).toBeCloseTo(1 / 3, 1);
    expect(found.get("c")).toBeCloseTo(1.25, 0);
  });

  it("moves columns of a group together", async () => {
    expect((await shuffleImportance(predictor, features, groups(["x", "y"]), 7)).get("x,y")).toBe(0);
  });

  it.each([
    ["no rows", { rows: 0, columns: [] }, predictor],
    ["answers that are not finite", features, { predict: () => new Float64Array(rows).fill(Number.NaN) }],
  ])("never fails: %s", async (_what, matrix, model) => {
    const found = await shuffleImportance(model, matrix, groups(["x"]), 7);
    for (const value of found.values()) expect(value).toBe(0);
  });

  it("asks nothing about columns that the model says it does not read", async () => {
    const asked: number[] = [];
    const telling: Predictor = {
      reads: new Set(["x", "y", "c"]),
      predict: (matrix) => {
        asked.push(matrix.rows / rows);
        return predictor.predict(matrix);
      },
    };
    const all = groups(["unused"], ["x", "unused"], ["c"]);

    const found = await shuffleImportance(telling, features, all, 7);

    expect(asked).toEqual([3]);
    expect([...found]).toEqual([...(await shuffleImportance(predictor, features, all, 7))]);
  });

  it("has the answers to the rows as they are where the model reads nothing", async () => {
    const constant = { reads: new Set<string>(), predict: () => new Float64Array(rows).fill(3) };
    const visited: string[] = [];

    const answers = await visitShuffled(constant, features, { groups: groups(["x"]), seed: 7 }, (name) =>
      visited.push(name),
    );

    expect([visited, answers]).toEqual([[], new Float64Array(rows).fill(3)]);
  });

  it("asks in several calls where the cells are many, and each row once", async () => {
    const many = Array.from({ length: 40_000 }, (_, i) => i % 17);
    const matrix: FeatureMatrix = {
      rows: many.length,
      columns: Array.from({ length: 20 }, (_, i) => ({
        kind: "numeric",
        name: `n${i}`,
        values: Float32Array.from(many),
      })),
    };
    const asked: number[] = [];
    const sum: Predictor = {
      predict({ rows: count, columns }) {
        asked.push(count / many.length);
        const first = columns.slice(0, 5).map((column) => (column.kind === "numeric" ? column.values : []));
        return Float64Array.from({ length: count }, (_, row) => first.reduce((all, one, i) => all + i * one[row]!, 0));
      },
    };
    const each = groups(["n0"], ["n1"], ["n2"], ["n3"], ["n4"]);

    const found = await shuffleImportance(sum, matrix, each, 7);

    expect(asked).toEqual([3, 2, 1]);
    for (let i = 0; i < 5; i++) expect(found.get(`n${i}`)).toBeCloseTo(i * found.get("n1")!, 6);
  });

  it("asks a program once, however many columns there are, and moves what it reads", async () => {
    const inputs = inputRows(Array.from({ length: rows }, (_, i) => `word ${i % 7}`));
    let calls = 0;
    const program: Predictor = {
      async predict(matrix) {
        calls++;
        const column = await matrix.inputs!.read("word");
        if (column.kind !== "text") throw new TypeError(column.name);
        return Float64Array.from(column.codes, (code) => Number(column.dictionary[code]!.slice(5)));
      },
    };
    const each = new Map(["word", "x", "y", "c"].map((name) => [name, new Set([name])]));

    const found = await shuffleImportance(program, { ...features, inputs }, each, 7);

    expect(calls).toBe(1);
    expect(found.get("word")).toBeGreaterThan(1);
    expect([...found.values()].filter((value) => value === 0)).toHaveLength(3);
  });
});

it("shuffled is a permutation that the seed decides", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(1000), (count, seed) => {
      const order = shuffled(count, seed);

      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      expect(shuffled(count, seed)).toEqual(order);
    }),
  );
  expect(shuffled(50, 1)).not.toEqual(shuffled(50, 2));
});

it("inputs that are picked and stacked keep their values, whatever their dictionaries", async () => {
  const one = { rows: 3, columns: [], inputs: inputRows(["a", null, "b"]) };
  const other = { rows: 2, columns: [], inputs: inputRows(["c", "a"]) };

  const stacked = pickFeatures(stackFeatures(one, other), Uint32Array.of(4, 3, 2, 1));

  const column = await stacked.inputs!.read("word");
  if (column.kind !== "text") throw new TypeError(column.name);
  expect([...column.codes].map((code) => column.dictionary[code] ?? null)).toEqual(["a", "c", "b", null]);
  expect(stackFeatures(one, { rows: 0, columns: [] }).inputs).toBeUndefined();
});

it("rows that are picked and stacked keep their values", () => {
  const some = pickFeatures(features, Uint32Array.of(5, 3));
  const stacked = stackFeatures(some, features);

  expect(stacked.rows).toBe(rows + 2);
  expect(pickFeatures(stacked, Uint32Array.of(0, 1, 2 + 9))).toEqual(pickFeatures(features, Uint32Array.of(5, 3, 9)));
});
