import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learners } from "../learners/learners.fixture.ts";
import { modelSpec } from "../spec/model-spec.ts";
import { applyFeatures } from "./apply-features.ts";
import type { Column } from "./column.ts";
import { featureSpec, type TargetSpec } from "./feature-spec.ts";
import { fitFeatures, type FitFeaturesRequest } from "./fit-features.ts";
import { allRows, number, text } from "./make-column.fixture.ts";

const target: TargetSpec = { name: "churned", task: "binary", classes: [false, true] };
const spec = (features: Record<string, unknown> = {}, key?: string, group?: string) =>
  modelSpec(learners).parse({
    task: "binary",
    data: "customers",
    target: "churned",
    key,
    group,
    features,
    candidates: [{ learner: "linear" }],
    metrics: { primary: "rocAuc" },
    gates: [{ metric: "rocAuc", min: 0.5 }],
  });

function request(columns: readonly Column[], more: Partial<FitFeaturesRequest> = {}): FitFeaturesRequest {
  const first = columns[0]!;
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    read: async (name) => columns.find((column) => column.name === name)!,
    trainRows: allRows(first),
    spec: spec(),
    target,
    targetInputs: [],
    sourceTypes: [],
    ...more,
  };
}

const day = (iso: string) => Date.parse(iso);
const customers: readonly Column[] = [
  number("id", [1, 2, 3, 4], "integer"),
  text("plan", ["b", "a", "b", null]),
  number("age", [20, Number.NaN, 40, 50]),
  number("vip", [0, 1, 0, 1], "boolean"),
  number("joined", [day("2024-01-01"), day("2024-02-06"), day("2024-03-03"), day("2024-01-01")], "date"),
  number(
    "seen",
    [day("2024-01-01T05:00Z"), day("2024-01-01T06:00Z"), Number.NaN, day("2024-01-01T05:30Z")],
    "datetime",
  ),
  text("country", ["DE", "DE", "DE", "DE"]),
  text("damage", ["x", "y", "x", "y"]),
  number("churned", [0, 1, 0, 1], "boolean"),
];

describe("fitFeatures", () => {
  it("fits one feature per kind of column and says what it ignored", async () => {
    const fitted = await fitFeatures(request(customers, { spec: spec({}, "id"), targetInputs: ["damage"] }));

    expect(featureSpec.parse(fitted)).toEqual(fitted);
    expect(fitted.features).toEqual([
      { kind: "categorical", name: "plan", input: "plan", levels: ["b", "a"] },
      { kind: "numeric", name: "age", input: "age" },
      { kind: "numeric", name: "vip", input: "vip" },
      { kind: "datetimePart", name: "joined.month", input: "joined", part: "month" },
      { kind: "datetimePart", name: "joined.dayOfWeek", input: "joined", part: "dayOfWeek" },
      { kind: "datetimePart", name: "seen.month", input: "seen", part: "month" },
      { kind: "datetimePart", name: "seen.dayOfWeek", input: "seen", part: "dayOfWeek" },
      { kind: "datetimePart", name: "seen.hour", input: "seen", part: "hour" },
    ]);
    expect(fitted.inputs.map(({ name }) => name)).toEqual(["plan", "age", "vip", "joined", "seen"]);
    expect(fitted.ignored).toEqual([
      { name: "id", reason: "key" },
      { name: "country", reason: "constant" },
      { name: "damage", reason: "target-input" },
      { name: "churned", reason: "target" },
    ]);
  });

  it("takes no feature from the weight, unless it is named", async () => {
    const weighted = (features: Record<string, unknown>) => ({ ...spec(features, "id"), weight: "age" });
    const named = await fitFeatures(request(customers, { spec: weighted({ include: ["age"] }) }));
    const unnamed = await fitFeatures(request(customers, { spec: weighted({}) }));

    expect(named.inputs.map(({ name }) => name)).toEqual(["age"]);
    expect(unnamed.ignored).toContainEqual({ name: "age", reason: "weight" });
  });

  it("takes no feature from the group, unless it is named", async () => {
    const named = await fitFeatures(request(customers, { spec: spec({ include: ["plan"] }, "id", "plan") }));
    const unnamed = await fitFeatures(request(customers, { spec: spec({}, "id", "plan") }));

    expect(named.inputs.map(({ name }) => name)).toEqual(["plan"]);
    expect(unnamed.ignored).toContainEqual({ name: "plan", reason: "group" });
  });

  it.each<[why: string, features: Record<string, unknown>, names: string[]]>([
    ["include keeps only these, a key too", { include: ["id", "age"] }, ["id", "age"]],
    ["exclude drops", { exclude: ["plan", "joined", "seen", "damage"] }, ["age", "vip"]],
  ])("%s", async (_why, features, names) => {
    const fitted = await fitFeatures(request(customers, { spec: spec(features, "id") }));

    expect(fitted.features.map(({ name }) => name)).toEqual(names);
  });

  it.each<[why: string, features: Record<string, unknown>, code: string, message: RegExp]>([
    ["unknown name", { exclude: ["agee"] }, "unknown-column", /`features\.exclude` names "agee".*did you mean "age"/],
    ["far from any name", { categorical: ["zzzzzzzz"] }, "unknown-column", /no name is similar/],
    ["target as a feature", { include: ["churned"] }, "feature-conflict", /which is the target/],
    ["target's input as a feature", { include: ["damage"] }, "feature-conflict", /read by the target's expression/],
    ["both wishes", { include: ["age"], exclude: ["age"] }, "feature-conflict", /in `features\.exclude` too/],
    ["date as a category", { categorical: ["joined"] }, "feature-conflict", /"joined", a date/],
    ["nothing left", { include: ["country"] }, "no-features", /"country" \(constant\)/],
  ])("refuses: %s", async (_why, features, code, message) => {
    const fitting = fitFeatures(request(customers, { spec: spec(features), targetInputs: ["damage"] }));

    await expect(fitting).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("refuses two columns that give one feature name", async () => {
    const columns = [customers[4]!, number("joined.month", [1, 2, 3, 4])];

    await expect(fitFeatures(request(columns))).rejects.toMatchObject({ code: "feature-conflict" });
  });

  it.each<[why: string, distinct: number, rows: number, ignored: string[]]>([
    ["all of 150 distinct", 150, 150, ["identifier"]],
    ["100 distinct are never too many", 100, 100, []],
    ["exactly half", 150, 300, []],
    ["just above half", 151, 300, ["identifier"]],
  ])("identifier: %s", async (_why, distinct, rows, ignored) => {
    const values = Array.from({ length: rows }, (_, i) => `user ${i % distinct}`);
    const columns = [
      text("user", values),
      number(
        "age",
        values.map((_, i) => i),
      ),
    ];

    const fitted = await fitFeatures(request(columns));

    expect(fitted.ignored.map(({ reason }) => reason)).toEqual(ignored);
  });

  it("keeps the most frequent categories, ties by code unit, numbers as canonical text", async () => {
    const zip = number("zip", [7, 7, 9, 9, 10, Number.NaN, -0, 0.5]);

    const fitted = await fitFeatures(request([zip], { spec: spec({ categorical: ["zip"], maxCategories: 4 }) }));

    expect(fitted.features).toEqual([
      { kind: "categorical", name: "zip", input: "zip", levels: ["7", "9", "0", "0.5"] },
    ]);
  });

  it("is constant when it is never there", async () => {
    const fitted = await fitFeatures(request([number("age", [1, 2]), number("gone", [Number.NaN, Number.NaN])]));

    expect(fitted.ignored).toEqual([{ name: "gone", reason: "constant" }]);
  });

  it.each<[why: string, column: Column]>([
    ["text", text("zip", ["7", "8", "9", "9"])],
    ["numbers", number("zip", [7, 8, 9, 9])],
  ])("counts the categories of training rows only: %s", async (_why, column) => {
    const policy = spec({ categorical: ["zip"] });

    const fitted = await fitFeatures(request([column], { spec: policy, trainRows: Uint32Array.of(0, 1) }));

    expect(fitted.features).toMatchObject([{ levels: ["7", "8"] }]);
  });

  it("is not constant when the only value is sometimes missing", async () => {
    const fitted = await fitFeatures(request([text("note", ["x", null, "x"])]));

    expect(fitted.features.map(({ name }) => name)).toEqual(["note"]);
  });

  it("reads one column at a time and none that it ignores by name", async () => {
    const asked: string[] = [];
    let open = 0;
    const read = async (name: string) => {
      asked.push(name);
      expect(++open).toBe(1);
      await Promise.resolve();
      open--;
      return customers.find((column) => column.name === name)!;
    };

    await fitFeatures(request(customers, { read, spec: spec({ exclude: ["plan"] }, "id"), targetInputs: ["damage"] }));

    expect(asked).toEqual(["age", "vip", "joined", "seen", "country"]);
  });

  it("looks at training rows only, and every code is in range", async () => {
    const cell = fc.record({ label: fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: null }), size: fc.double() });
    const rows = fc.array(cell, { minLength: 3, maxLength: 30 });
    const fit = (cells: { label: string | null; size: number }[], trainRows: Uint32Array) => {
      const columns = [
        text(
          "label",
          cells.map((c) => c.label),
        ),
        number(
          "size",
          cells.map((c) => c.size),
        ),
      ];
      const read = async (name: string) => columns.find((column) => column.name === name)!;
      return { read, fitting: fitFeatures(request(columns, { read, trainRows, spec: spec({ maxCategories: 2 }) })) };
    };

    await fc.assert(
      fc.asyncProperty(rows, rows, rows, async (training, holdout, other) => {
        const trainRows = Uint32Array.from(training.keys());
        const one = await fit([...training, ...holdout], trainRows).fitting.catch((error: unknown) => String(error));
        const two = fit([...training, ...other], trainRows);
        const again = await two.fitting.catch((error: unknown) => String(error));

        expect(again).toEqual(one);
        if (typeof again === "string") return;
        const all = Uint32Array.from({ length: training.length + other.length }, (_, i) => i);
        const matrix = await applyFeatures(again, two.read, all);
        for (const column of matrix.columns) {
          if (column.kind === "categorical") expect(Math.max(...column.codes)).toBeLessThanOrEqual(column.levels + 1);
        }
      }),
    );
  });
});
