import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFeature, applyFeatures, inputMismatches } from "./apply-features.ts";
import type { Column } from "./column.ts";
import type { FeatureSpec, ValueFeature } from "./feature-spec.ts";
import { allRows, number, text } from "./make-column.fixture.ts";

const NaN_ = Number.NaN;
const plan: ValueFeature = { kind: "categorical", name: "plan", input: "plan", levels: ["b", "a"] };
const at = (part: "month" | "dayOfWeek" | "hour"): ValueFeature => ({
  kind: "datetimePart",
  name: part,
  input: "t",
  part,
});
const instants = number(
  "t",
  ["2024-02-29T23:59:59.999Z", "1969-12-31T00:00Z", "1970-01-04T12:30Z", "1969-12-28T00:00Z", "x"].map((iso) =>
    Date.parse(iso),
  ),
  "datetime",
);

describe("applyFeature", () => {
  it.each<[why: string, feature: ValueFeature, column: Column, values: number[]]>([
    [
      "numbers; infinities are missing, also those of 32 bits",
      { kind: "numeric", name: "n", input: "n" },
      number("n", [1.5, NaN_, Infinity, -Infinity, 1e300]),
      [1.5, NaN_, NaN_, NaN_, NaN_],
    ],
    ["booleans", { kind: "numeric", name: "v", input: "v" }, number("v", [0, 1, NaN_], "boolean"), [0, 1, NaN_]],
    ["known, unseen and missing text", plan, text("plan", ["a", "b", "z", null]), [3, 2, 1, 0]],
    [
      "numbers as categories",
      { ...plan, levels: ["7", "0"] },
      number("plan", [7, -0, 8, NaN_, Infinity]),
      [2, 3, 1, 0, 0],
    ],
    ["booleans as categories", { ...plan, levels: ["true"] }, number("plan", [1, 0, NaN_], "boolean"), [2, 1, 0]],
    ["month", at("month"), instants, [2, 12, 1, 12, NaN_]],
    ["day of week, Monday is 1", at("dayOfWeek"), instants, [4, 3, 7, 7, NaN_]],
    ["hour", at("hour"), instants, [23, 0, 12, 0, NaN_]],
  ])("%s", (_why, feature, column, values) => {
    const applied = applyFeature(feature, column);

    expect([...(applied.kind === "numeric" ? applied.values : applied.codes)]).toEqual(values);
  });

  it("follows the order of the rows", () => {
    const applied = applyFeature(plan, text("plan", ["a", "b", null]), Uint32Array.of(2, 0));

    expect(applied).toEqual({ kind: "categorical", name: "plan", levels: 2, codes: Uint8Array.of(0, 3) });
  });

  it("refuses text where a number is needed", () => {
    expect(() => applyFeature(at("month"), text("t", ["May"]))).toThrow(/"t" is text/);
  });
});

describe("inputMismatches", () => {
  it.each<[fitted: Column["type"], now: Column["type"], fits: boolean]>([
    ["number", "integer", true],
    ["integer", "number", true],
    ["datetime", "date", true],
    ["number", "boolean", false],
    ["number", "string", false],
    ["string", "integer", false],
    ["date", "number", false],
  ])("%s as %s: %s", (fitted, now, fits) => {
    const mismatches = inputMismatches([{ name: "x", type: fitted }], [{ name: "x", type: now }]);

    expect(mismatches).toEqual(fits ? [] : [`"x" is ${now}, expected ${fitted}`]);
  });

  it("names a missing column", () => {
    expect(inputMismatches([{ name: "x", type: "string" }], [])).toEqual(['"x" is missing']);
  });
});

const spec: FeatureSpec = {
  format: 1,
  source: [],
  inputs: [
    { name: "plan", type: "string" },
    { name: "age", type: "number" },
    { name: "vip", type: "boolean" },
    { name: "t", type: "datetime" },
  ],
  target: { name: "y", task: "binary", classes: [0, 1] },
  features: [
    plan,
    { kind: "numeric", name: "age", input: "age" },
    { kind: "numeric", name: "vip", input: "vip" },
    at("month"),
    at("dayOfWeek"),
    at("hour"),
  ],
  ignored: [],
};

describe("applyFeatures", () => {
  it.each<[why: string, column: Column | null]>([
    ["missing", null],
    ["of another type", number("plan", [1])],
  ])("refuses an input that is %s", async (_why, column) => {
    const applying = applyFeatures(spec, async () => column, Uint32Array.of(0));

    await expect(applying).rejects.toMatchObject({ code: "feature-mismatch" });
  });

  it("gives a row the same values in a batch as alone", async () => {
    const record = fc.record({
      plan: fc.option(fc.constantFrom("a", "b", "c", "__proto__", "")),
      age: fc.option(fc.double({ noNaN: true })),
      vip: fc.option(fc.boolean()),
      t: fc.option(fc.date({ noInvalidDate: true, min: new Date(-1e13), max: new Date(1e13) })),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
        const columns: Column[] = [
          text(
            "plan",
            records.map((r) => r.plan),
          ),
          number(
            "age",
            records.map((r) => r.age ?? NaN_),
          ),
          number(
            "vip",
            records.map((r) => (r.vip === null ? NaN_ : Number(r.vip))),
            "boolean",
          ),
          number(
            "t",
            records.map((r) => r.t?.getTime() ?? NaN_),
            "datetime",
          ),
        ];

        const matrix = await applyFeatures(
          spec,
          async (name) => columns.find((c) => c.name === name)!,
          allRows(columns[0]!),
        );

        records.forEach((_record, row) => {
          const one = Uint32Array.of(row);
          const rowOfMatrix = spec.features.flatMap((f) =>
            f.kind === "file"
              ? []
              : applyFeature(
                  f,
                  columns.find((c) => c.name === f.input)!,
                  one,
                ),
          );
          rowOfMatrix.forEach((column, j) => {
            const whole = matrix.columns[j]!;
            if (column.kind === "numeric" && whole.kind === "numeric") expect(column.values[0]).toBe(whole.values[row]);
            if (column.kind === "categorical" && whole.kind === "categorical") {
              expect(column.codes[0]).toBe(whole.codes[row]);
            }
          });
        });
      }),
    );
  });
});
