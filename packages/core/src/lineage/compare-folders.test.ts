import { describe, expect, it } from "vitest";
import { compareFolders, type FileDifference } from "./compare-folders.ts";

const encoder = new TextEncoder();

const folder = (files: Readonly<Record<string, unknown>>) =>
  new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      encoder.encode(typeof content === "string" ? content : JSON.stringify(content)),
    ]),
  );

const honest = {
  "artifact/model.json": { trees: [1, 2, 3] },
  "metrics.json": { holdout: { rocAuc: 0.9, logLoss: 0.3 } },
  "README.md": "# churn\n",
  "lineage.json": { seed: 7, files: { "README.md": { bytes: 8 } } },
};

describe("compareFolders", () => {
  it("says nothing of equal folders, in whatever order", () => {
    const reversed = Object.fromEntries(Object.entries(honest).toReversed());

    expect(compareFolders(folder(honest), folder(reversed))).toEqual([]);
  });

  it.each<[why: string, change: Readonly<Record<string, unknown>>, differences: readonly FileDifference[]]>([
    ["a file too many", { "artifact/x.sh": "rm" }, [{ path: "artifact/x.sh", kind: "extra" }]],
    ["one byte of a text", { "README.md": "# Churn\n" }, [{ path: "README.md", kind: "changed", values: [] }]],
    [
      "the same values, written in another way",
      { "metrics.json": '{"holdout":{"logLoss":0.3,"rocAuc":0.9}} ' },
      [{ path: "metrics.json", kind: "changed", values: [] }],
    ],
    ["what is not JSON", { "metrics.json": "{" }, [{ path: "metrics.json", kind: "changed", values: [] }]],
    [
      "a number and a key that hides in its own name",
      { "metrics.json": { holdout: { logLoss: 0.3, rocAuc: 0.99, holdout: { rocAuc: 0.9 } } } },
      [
        {
          path: "metrics.json",
          kind: "changed",
          values: [
            { key: "holdout.holdout", remade: undefined, found: "an object of 1" },
            { key: "holdout.rocAuc", remade: "0.9", found: "0.99" },
          ],
        },
      ],
    ],
    [
      "a value of another kind, and keys that objects inherit",
      { "artifact/model.json": { trees: { length: 3 }, constructor: null } },
      [
        {
          path: "artifact/model.json",
          kind: "changed",
          values: [
            { key: "constructor", remade: undefined, found: "null" },
            { key: "trees", remade: "a list of 3", found: "an object of 1" },
          ],
        },
      ],
    ],
    [
      "the order of a list",
      { "artifact/model.json": { trees: [1, 3, 2] } },
      [
        {
          path: "artifact/model.json",
          kind: "changed",
          values: [
            { key: "trees.1", remade: "2", found: "3" },
            { key: "trees.2", remade: "3", found: "2" },
          ],
        },
      ],
    ],
  ])("finds %s", (_why, change, differences) => {
    expect(compareFolders(folder(honest), folder({ ...honest, ...change }))).toEqual(differences);
  });

  it("finds what is missing, and names lineage.json last", () => {
    const found = folder({ ...honest, "lineage.json": { seed: 8, files: {} } });
    found.delete("README.md");
    found.delete("metrics.json");

    expect(compareFolders(folder(honest), found).map(({ path, kind }) => [path, kind])).toEqual([
      ["README.md", "missing"],
      ["metrics.json", "missing"],
      ["lineage.json", "changed"],
    ]);
  });

  it("tells the first keys only, however many differ and however deep they lie", () => {
    const many = (value: number) => Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, value]));
    const deep = (value: number) => `${"[".repeat(50_000)}${value}${"]".repeat(50_000)}`;
    const ours = folder({ "a.json": many(1), "b.json": deep(1) });

    const differences = compareFolders(ours, folder({ "a.json": many(2), "b.json": deep(2) }));

    expect(differences.map((each) => (each.kind === "changed" ? each.values.length : 0))).toEqual([3, 1]);
  });
});
