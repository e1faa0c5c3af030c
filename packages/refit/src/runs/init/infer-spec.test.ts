import type { Column } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { installedLearners } from "../../adapters/learners/index.ts";
import { readDataManifest, readModelSpec } from "../../specs/documents.ts";
import { inferTask, specText } from "./infer-spec.ts";
import { manifestText } from "./manifest-text.ts";

const numbers = (name: string, values: number[], type: "integer" | "number" | "boolean" = "integer"): Column => ({
  kind: "number",
  name,
  type,
  values: Float64Array.from(values),
});
const texts = (name: string, values: string[]): Column => {
  const dictionary = [...new Set(values)];
  return {
    kind: "text",
    name,
    type: "string",
    dictionary,
    codes: Int32Array.from(values, (v) => dictionary.indexOf(v)),
  };
};
const repeat = (values: number[], times: number) => Array.from({ length: times }, () => values).flat();

describe("inferTask", () => {
  it.each<[what: string, target: Column, task: string]>([
    ["a boolean", numbers("y", [0, 1, 1], "boolean"), "binary"],
    ["two texts", texts("y", ["yes", "no", "no"]), "binary"],
    ["two numbers", numbers("y", [1, 2, 2]), "binary"],
    ["three texts", texts("y", ["a", "b", "c"]), "multiclass"],
    ["few whole numbers, often", numbers("y", repeat([1, 2, 3], 60)), "multiclass"],
    ["few whole numbers, seldom", numbers("y", [1, 2, 3, 4, 5]), "regression"],
    ["fractions", numbers("y", repeat([0.5, 1.5, 2.5], 100), "number"), "regression"],
  ])("%s", (_what, target, task) => {
    expect(inferTask(target).task).toBe(task);
  });
});

describe("the bar that init suggests", () => {
  it.each([
    ["classes", texts("y", ["a", "a", "b", "c"]), "accuracy", 0.55],
    ["two classes", texts("y", ["a", "b", "b"]), "rocAuc", 0.55],
    ["numbers", numbers("y", [1.5, 2, 7]), "r2", 0.1],
  ] as const)("lies above what a model without features has, and is a comment: %s", (_what, column, metric, min) => {
    const found = { ...inferTask(column), rhythm: null };
    const text = specText(found, { dataset: "shop", target: "y", time: null, key: null, exclude: [], candidate: null });

    expect(text).toContain(`\n  # - { metric: ${metric}, min: ${min} } #`);
    const { gates } = readModelSpec(
      "models/shop/model.yaml",
      text,
      installedLearners({ env: {}, onLine: () => {} }).installed,
    );
    expect(gates.map((gate) => gate.min)).toEqual([undefined]);
  });
});

describe("the texts that init writes", () => {
  it.each(["binary", "multiclass", "regression"] as const)("are read without a problem: %s", (task) => {
    const names = {
      dataset: "shop",
      target: "Größe: #1",
      time: task === "binary" ? "on" : null,
      key: "no",
      exclude: ["a, b", "photo"],
      candidate: null,
    };
    const rhythm = { days: 7, minRows: 200, retrainDays: 14, burstRows: 600, windows: [180, 60] };
    const found = { task, rows: 1000, dummy: 0.5, rhythm: task === "binary" ? rhythm : null };
    const spec = readModelSpec(
      "models/shop/model.yaml",
      specText(found, names),
      installedLearners({ env: {}, onLine: () => {} }).installed,
    );
    const manifest = manifestText({
      file: "data/a b, c.csv",
      columns: [
        { name: "- odd {name}", type: "string" },
        { name: "price", from: " price\n", type: "number", decimalChar: ",", groupChar: ".", missingValues: ["", "-"] },
        { name: "photo: 1", type: "file", folder: "my, media" },
      ],
      primaryKey: "photo: 1",
      empty: ["later\n# x"],
      missingValues: ["", "NA"],
      prepare: task === "binary" ? 'SELECT * REPLACE (trim("a\u2028b") AS "a\u2028b") FROM source' : null,
      rows: 1000,
    });

    expect(spec).toMatchObject({ task, target: names.target, key: "no", features: { exclude: ["a, b", "photo"] } });
    const { maxAgeDays, minNewRows, performanceMargin } = spec.retrain;
    expect({ maxAgeDays, minNewRows, performanceMargin }).toEqual(
      task === "binary"
        ? { maxAgeDays: 14, minNewRows: 600, performanceMargin: 0.02 }
        : { maxAgeDays: 30, minNewRows: 100, performanceMargin: undefined },
    );
    const windows = spec.candidates.map(({ learner, training }) => [learner, training?.days]);
    expect(windows).toEqual(
      task === "binary"
        ? [
            ["gbdt", undefined],
            ["gbdt", 180],
            ["gbdt", 60],
            ["linear", undefined],
          ]
        : [
            ["gbdt", undefined],
            ["linear", undefined],
          ],
    );
    expect(readDataManifest("data-manifests/shop.yaml", manifest, [""])).toMatchObject({
      sources: [{ path: "data/a b, c.csv" }],
      schema: {
        fields: [
          { name: "- odd {name}" },
          { name: "price", from: " price\n", decimalChar: ",", groupChar: ".", missingValues: ["", "-"] },
          { name: "photo: 1", type: "file", folder: "my, media" },
        ],
        missingValues: ["", "NA"],
        primaryKey: "photo: 1",
      },
    });
  });

  it("declare of 10,000 columns only those that need a format, so that the file can be read", () => {
    const wide = Array.from({ length: 10_000 }, (_, i) => ({ name: `column ${i}`, type: "number" as const }));
    const dated = { name: "on", type: "date" as const, format: "%d.%m.%Y" };
    const plain = { file: "w.csv", empty: [], missingValues: [""], primaryKey: null, prepare: null, rows: 300 };
    const fieldsOf = (columns: Parameters<typeof manifestText>[0]["columns"]) =>
      readDataManifest("w.yaml", manifestText({ ...plain, columns }), [""]).schema.fields.map(({ name }) => name);

    expect(fieldsOf([dated, ...wide])).toEqual(["on"]);
    expect(fieldsOf(wide)).toEqual([]);
    expect(fieldsOf(wide.slice(0, 1000))).toHaveLength(1000);
  });
});
