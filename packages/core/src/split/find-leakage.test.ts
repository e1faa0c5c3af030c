import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Column } from "../features/column.ts";
import { fitFeatures } from "../features/fit-features.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import { number, text } from "../features/make-column.fixture.ts";
import { learners } from "../learners/learners.fixture.ts";
import { modelSpec } from "../spec/model-spec.ts";
import { findLeakage, type LeakageRequest } from "./find-leakage.ts";
import type { Split } from "./split-rows.ts";

const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
/** 60 % training, 20 % validation, 20 % holdout, in the order of the rows. */
function splitOf(rows: number): Split {
  const [a, b] = [Math.floor(rows * 0.6), Math.floor(rows * 0.8)];
  const parts = { train: range(0, a), validation: range(a, b), holdout: range(b, rows) };
  return { kind: "hash", ...parts, from: null, to: null, trainedUntil: null, fraction: 0.2, unseen: true };
}

async function request(
  columns: readonly Column[],
  labels: readonly number[],
  task: TargetSpec["task"] = "binary",
): Promise<LeakageRequest> {
  const split = splitOf(labels.length);
  const classes = task === "regression" ? null : [...new Set(labels)].toSorted((a, b) => a - b);
  const read = async (name: string) => columns.find((column) => column.name === name)!;
  const spec = modelSpec(learners).parse({
    task,
    data: "d",
    target: "y",
    candidates: [{ learner: "linear" }],
    metrics: { primary: "logLoss" },
    gates: [{ metric: "logLoss", max: 1 }],
  });
  const featureSpec = await fitFeatures({
    columns: columns.map(({ name, type }) => ({ name, type })),
    read,
    trainRows: split.train,
    spec,
    target: { name: "y", task, classes },
    targetInputs: [],
    sourceTypes: [],
  });
  const digests = BigUint64Array.from(labels, (_, row) => BigInt(row));
  return { featureSpec, read, labels: Float64Array.from(labels), digests, key: [], group: null, split };
}

/** Uniform in [0, 1), the same in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296;
}
const codes = (findings: readonly { code: string; column: string | null }[]) =>
  findings.map(({ code, column }) => `${code} ${column ?? ""}`.trim());

describe("findLeakage on made rows", () => {
  const rows = 2000;
  const next = noise(1);
  const coin = Array.from({ length: rows }, () => Math.floor(next() * 2));
  const die = Array.from({ length: rows }, () => Math.floor(next() * 3));
  const value = Array.from({ length: rows }, () => Math.exp(4 * next()));
  const random = number(
    "random",
    coin.map(() => next()),
  );
  const feature = (f: (row: number) => number) =>
    number(
      "x",
      coin.map((_, row) => f(row)),
    );

  it.each<[why: string, task: TargetSpec["task"], labels: number[], column: Column, expected: string[]]>([
    ["noise", "binary", coin, random, []],
    ["the answer", "binary", coin, feature((r) => coin[r]!), ["leak-suspect x"]],
    ["the answer upside down", "binary", coin, feature((r) => 1 - coin[r]!), ["leak-suspect x"]],
    [
      "the answer in the middle of a scale",
      "binary",
      coin,
      feature((r) => (coin[r] === 1 ? 0.5 : next() < 0.5 ? 0 : 1)),
      ["leak-suspect x"],
    ],
    [
      "the answer in what is missing",
      "binary",
      coin,
      feature((r) => (coin[r] === 1 ? Number.NaN : next())),
      ["leak-suspect x"],
    ],
    [
      "the answer with one in 40 wrong",
      "binary",
      coin,
      feature((r) => (r % 40 ? coin[r]! : 1 - coin[r]!)),
      ["leak-hint x"],
    ],
    ["a rougher copy", "regression", value, feature((r) => Math.log(value[r]!) + 0.4 * next()), ["leak-hint x"]],
    ["a good but honest feature", "binary", coin, feature((r) => coin[r]! + 1.5 * next()), []],
    [
      "the class",
      "multiclass",
      die,
      text(
        "x",
        die.map((d) => `class ${d}`),
      ),
      ["leak-suspect x"],
    ],
    [
      "one class of three told",
      "multiclass",
      die,
      text(
        "x",
        die.map((d) => (d === 0 ? "a" : "b")),
      ),
      [],
    ],
    ["the logarithm of the answer", "regression", value, feature((r) => -Math.log(value[r]!)), ["leak-suspect x"]],
    ["a rough copy", "regression", value, feature((r) => Math.log(value[r]!) + next()), []],
    ["a number", "regression", value, random, []],
  ])("%s", async (_why, task, labels, column, expected) => {
    const { findings } = await findLeakage(
      await request(
        [
          column,
          number(
            "other",
            coin.map(() => next()),
          ),
        ],
        labels,
        task,
      ),
    );

    expect(codes(findings)).toEqual(expected);
  });

  it("says how strong it is", async () => {
    const { findings } = await findLeakage(await request([feature((r) => coin[r]!)], coin));

    expect(findings[0]).toMatchObject({
      severity: "suspect",
      message: expect.stringContaining("ROC AUC 1.000 on 1200 training rows"),
    });
  });

  it("does not take many rare levels for knowledge", async () => {
    const cards = text(
      "x",
      coin.map((_, row) => `card ${row % 500}`),
    );

    const { findings } = await findLeakage(await request([cards, random], coin));

    expect(codes(findings)).toEqual([]);
  });

  it.each<[why: string, filled: number, hitRate: number, elsewhere: number, expected: string[]]>([
    ["seldom filled, mostly one class", 0.05, 0.8, 0.08, ["leak-hint x"]],
    ["often filled", 0.3, 0.8, 0.08, []],
    ["seldom filled, nothing special", 0.05, 0.3, 0.08, []],
    ["seldom filled, an honest strong hint", 0.09, 0.65, 0.2, []],
  ])("filled in late: %s", async (_why, filled, hitRate, elsewhere, expected) => {
    const draw = noise(7);
    const cost = coin.map(() => (draw() < filled ? 1 + draw() : 0));
    const labels = cost.map((c) => Number(draw() < (c > 0 ? hitRate : elsewhere)));

    const { findings } = await findLeakage(await request([number("x", cost), random], labels));

    expect(codes(findings)).toEqual(expected);
  });

  it("says nothing about features on fewer than 50 rows", async () => {
    const few = coin.slice(0, 80);

    const { findings } = await findLeakage(
      await request(
        [
          number("x", few),
          number(
            "z",
            few.map(() => next()),
          ),
        ],
        few,
      ),
    );

    expect(codes(findings)).toEqual([]);
  });
});

describe("findLeakage between the sides", () => {
  const labels = Array.from({ length: 10 }, (_, row) => row % 2); // train 0-5, validation 6-7, holdout 8-9
  const distinct = number(
    "x",
    labels.map((_, row) => row),
  );

  it.each<[why: string, copyOf: number]>([
    ["training", 2],
    ["validation", 7],
  ])("blocks a source row that %s has too", async (_why, copyOf) => {
    const clean = await request([distinct], labels);
    const digests = clean.digests.with(9, clean.digests[copyOf]!);

    const { findings } = await findLeakage({ ...clean, digests });

    expect(findings).toMatchObject([
      { code: "overlap", severity: "error", message: expect.stringContaining("1 of 2 holdout rows") },
    ]);
  });

  it("does not mind equal rows on one side", async () => {
    const clean = await request([distinct], labels);
    const digests = clean.digests.with(9, clean.digests[8]!).with(0, clean.digests[1]!);

    expect((await findLeakage({ ...clean, digests })).findings).toEqual([]);
  });

  it.each<[why: string, key: Column[], expected: string[]]>([
    ["all distinct", [number("id", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])], []],
    ["a number twice", [number("id", [0, 1, 2, 3, 4, 5, 6, 7, 8, 3])], ["overlap id"]],
    ["a text twice", [text("id", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "b"])], ["overlap id"]],
    ["missing keys are not equal keys", [text("id", [null, "b", "c", "d", "e", "f", "g", "h", "i", null])], []],
    [
      "two columns, each repeated, not both",
      [number("a", [0, 1, 0, 1, 0, 1, 0, 1, 2, 2]), number("b", [0, 0, 1, 1, 2, 2, 3, 3, 0, 1])],
      [],
    ],
    [
      "two columns, both",
      [number("a", [0, 1, 0, 1, 0, 1, 0, 1, 0, 2]), number("b", [0, 0, 1, 1, 2, 2, 3, 3, 2, 1])],
      ["overlap a"],
    ],
    [
      "swapped values are another key",
      [number("a", [1, 3, 3, 3, 3, 3, 3, 3, 2, 4]), number("b", [2, 4, 4, 4, 4, 4, 4, 4, 1, 4])],
      [],
    ],
  ])("key: %s", async (_why, key, expected) => {
    const clean = await request([distinct], labels);
    const read = async (name: string) => [...key, distinct].find((column) => column.name === name) ?? null;

    const { findings } = await findLeakage({ ...clean, read, key: key.map(({ name }) => name) });

    expect(codes(findings)).toEqual(expected);
  });

  it("tells natural duplicates and does not block them", async () => {
    const columns = [
      number("x", [0, 1, 2, 3, 4, 5, 6, 7, 0, -0]),
      text("t", ["a", "b", "b", "b", "b", "b", "b", "b", "b", "a"]),
    ];

    const { findings, duplicates } = await findLeakage(await request(columns, labels));

    expect([...duplicates]).toEqual([9]);
    expect(findings).toMatchObject([{ code: "duplicate-features", severity: "warning" }]);
  });

  it("finds exactly the duplicates that a comparison of all pairs finds", async () => {
    const cell = fc.constantFrom(0, 1, Number.NaN);
    const ten = { minLength: 10, maxLength: 10 };
    const ofTwo = fc.array(fc.tuple(cell, cell), ten);
    // So many columns that equal rows are looked for before all are known; rows of a few kinds, which differ in a late column or not at all.
    const ofMany = fc
      .tuple(fc.array(cell, { minLength: 10, maxLength: 10 }), fc.array(fc.tuple(fc.nat(9), fc.nat(1)), ten))
      .map(([row, changes]) => changes.map(([at, value]) => row.with(at, value)));
    await fc.assert(
      fc.asyncProperty(fc.oneof(ofTwo, ofMany), async (cells: readonly (readonly number[])[]) => {
        const columns = cells[0]!.map((_, i) =>
          number(
            `x${i}`,
            cells.map((row) => row[i]!),
          ),
        );
        const made = await request([...columns, distinct], labels);
        const { featureSpec } = made;
        const features = featureSpec.features.filter(({ name }) => name !== "x");
        const inputs = featureSpec.inputs.filter(({ name }) => name !== "x");
        const used = (row: number) => JSON.stringify(features.map(({ name }) => cells[row]![Number(name.slice(1))]));

        const { duplicates } = await findLeakage({ ...made, featureSpec: { ...featureSpec, features, inputs } });

        const trained = new Set([...range(0, 8)].map(used));
        expect([...duplicates]).toEqual([8, 9].filter((row) => trained.has(used(row))));
      }),
    );
  });

  it("a group on both sides is overlap, a missing one is none", async () => {
    const clean = await request([distinct], labels);
    const group = (values: (string | null)[]) => {
      const column = text("family", values);
      const read = async (name: string) => [column, distinct].find((one) => one.name === name) ?? null;
      return findLeakage({ ...clean, read, group: "family" });
    };

    const apart = await group(["a", "a", "b", "b", "c", "c", null, "d", "e", null]);
    const torn = await group(["a", "a", "b", "b", "c", "c", "d", "d", "e", "a"]);

    expect(codes(apart.findings)).toEqual([]);
    expect(codes(torn.findings)).toEqual(["overlap family"]);
    expect(torn.findings[0]!.message).toContain('whose group ("family") is the same');
  });

  it("refuses a key that is not a column", async () => {
    const clean = await request([distinct], labels);

    await expect(findLeakage({ ...clean, key: ["id"], read: async () => null })).rejects.toMatchObject({
      code: "feature-mismatch",
    });
  });
});

describe("findLeakage on the bird strikes of vega-datasets", () => {
  let columns: Column[];
  let damaged: number[];
  beforeAll(() => {
    const file = new URL("../../../../node_modules/vega-datasets/data/birdstrikes.csv", import.meta.url);
    const [header, ...lines] = readFileSync(file, "utf8")
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => line.split(","));
    const sorted = lines.toSorted((a, b) => (a[3]! < b[3]! ? -1 : 1));
    damaged = sorted.map((line) => Number(line[2] !== "None"));
    columns = header!.flatMap((name, i) => {
      const cells = sorted.map((line) => line[i]!);
      if (name === "Effect Amount of damage" || name === "Flight Date") return [];
      const isNumber = name.startsWith("Cost") || name.startsWith("Speed");
      return [
        isNumber
          ? number(
              name,
              cells.map((c) => (c === "" ? Number.NaN : Number(c))),
            )
          : text(
              name,
              cells.map((c) => c || null),
            ),
      ];
    });
  });

  it("finds the three cost columns when they are left in", async () => {
    const { findings } = await findLeakage(await request(columns, damaged));

    const told = findings.filter(({ code }) => code !== "duplicate-features");
    expect(codes(told)).toEqual(["leak-hint Cost Other", "leak-hint Cost Repair", "leak-hint Cost Total $"]);
  });

  it("finds nothing in the nine clean features", async () => {
    const clean = columns.filter(({ name }) => !name.startsWith("Cost"));

    const { findings } = await findLeakage(await request(clean, damaged));

    expect(clean).toHaveLength(9);
    expect(codes(findings.filter(({ code }) => code !== "duplicate-features"))).toEqual([]);
  });
});
