import { describe, expect, it } from "vitest";
import { compareColumn } from "../data/compare-column.ts";
import { mayShareRows } from "../data/may-share-rows.ts";
import { profileNumbers } from "../data/profile-values.ts";
import type { ColumnProfile } from "../data/profile.ts";
import { learners } from "../learners/learners.fixture.ts";
import { pickFeatures, stackFeatures } from "../learners/pick-features.ts";
import { modelSpec } from "../spec/model-spec.ts";
import { findLeakage } from "../split/find-leakage.ts";
import { applyFeatures } from "./apply-features.ts";
import { checkCandidateColumns } from "./check-candidates.ts";
import type { Column } from "./column.ts";
import { featureSpec } from "./feature-spec.ts";
import { fitFeatures } from "./fit-features.ts";
import { allRows, files, number } from "./make-column.fixture.ts";

const fit = (columns: readonly Column[], features: object = {}) =>
  fitFeatures({
    columns: columns.map(({ name, type }) => ({ name, type })),
    read: async (name) => columns.find((column) => column.name === name)!,
    trainRows: allRows(columns[0]!),
    spec: modelSpec(learners).parse({
      task: "binary",
      data: "d",
      target: "ripe",
      features,
      candidates: [{ learner: "linear" }],
      metrics: { primary: "rocAuc" },
      gates: [{ metric: "rocAuc", min: 0.5 }],
    }),
    target: { name: "ripe", task: "binary", classes: [false, true] },
    targetInputs: [],
    sourceTypes: [],
  });

const many = Array.from({ length: 300 }, (_, i) => `${i}.png`);
const photos = files("photo", many);
const ages = number(
  "age",
  many.map((_, i) => i % 7),
);

describe("a column of files", () => {
  it("is a feature however many there are, and has no column in the matrix", async () => {
    const columns = [photos, ages];

    const fitted = await fit(columns);
    const rows = Uint32Array.of(299, 3);
    const matrix = await applyFeatures(fitted, async (name) => columns.find((each) => each.name === name)!, rows);

    expect(featureSpec.parse(fitted).features.map(({ kind, name }) => [kind, name])).toEqual([
      ["file", "photo"],
      ["numeric", "age"],
    ]);
    expect(matrix.columns.map(({ name }) => name)).toEqual(["age"]);
    const stacked = stackFeatures(matrix, pickFeatures(matrix, Uint32Array.of(1)));
    const read = await stacked.inputs!.read("photo");
    expect(read.type === "file" && [...read.codes].map((code) => read.dictionary[code])).toEqual([
      "299.png",
      "3.png",
      "3.png",
    ]);
    expect(read.type === "file" && (await read.bring("3.png"))).toBe("/files/3.png");
  });

  it("that is one file everywhere is constant", async () => {
    const fitted = await fit([
      files(
        "photo",
        many.map(() => "same.png"),
      ),
      ages,
    ]);

    expect(fitted.ignored).toContainEqual({ name: "photo", reason: "constant" });
  });

  it("has no categories", async () => {
    await expect(fit([photos, ages], { categorical: ["photo"] })).rejects.toThrow(
      '`features.categorical` names "photo", whose values are files; they have no categories.',
    );
  });

  it.each<[candidate: object, message: RegExp | null]>([
    [{ learner: "command", predict: ["p"] }, null],
    [{ learner: "predictions" }, null],
    [{ learner: "gbdt" }, /`candidates\[1\]`, gbdt, cannot read them: use `learner: command`.*exclude: \["photo"\]/],
    [{ learner: "auto" }, /auto, cannot read them/],
    [{ learner: "command", onnx: "m.onnx" }, /is an ONNX model.*name a `predict` instead of `onnx`/],
  ])("beside %j", async (candidate, message) => {
    const fitted = await fit([photos, ages]);
    const check = () => checkCandidateColumns([{ learner: "command" }, candidate as { learner: string }], fitted);

    if (message === null) expect(check).not.toThrow();
    else expect(check).toThrow(message);
  });

  it("with one file on both sides of the split is told", async () => {
    const repeated = files(
      "photo",
      many.map((name, i) => (i >= 290 ? "0.png" : i === 280 ? null : name)),
    );
    const columns = [repeated, ages];
    const split = {
      kind: "hash" as const,
      train: Uint32Array.from({ length: 200 }, (_, i) => i),
      validation: Uint32Array.from({ length: 50 }, (_, i) => 200 + i),
      holdout: Uint32Array.from({ length: 50 }, (_, i) => 250 + i),
      from: null,
      to: null,
      trainedUntil: null,
      fraction: 0.2,
      unseen: true,
    };

    const { findings, duplicates } = await findLeakage({
      featureSpec: await fit(columns),
      read: async (name) => columns.find((each) => each.name === name)!,
      labels: Float64Array.from(many, (_, i) => i % 2),
      digests: BigUint64Array.from(many, (_, i) => BigInt(i)),
      key: [],
      group: null,
      split,
    });

    expect(findings.map(({ code, message }) => `${code}: ${message}`)).toContain(
      'same-file: 10 of 50 holdout rows have in "photo" the same file, byte for byte, as a training row.',
    );
    // Of those, the ones whose age is that of row 0, too, are equal in all features.
    expect([...duplicates]).toEqual([294]);
  });

  it("is compared by sizes", () => {
    const sizes = (factor: number): ColumnProfile => ({
      ...profileNumbers(
        "photo",
        many.map((_, i) => factor * 1000 * Math.exp(i / 100)),
      ),
      type: "file",
    });
    const [before, same, small] = [sizes(1), sizes(1.01), sizes(0.05)];

    expect(compareColumn("a.csv", before, same)).toEqual([]);
    expect(compareColumn("a.csv", before, small).map(({ code, message }) => [code, message])).toEqual([
      [
        "unit-change",
        'Column "photo" of "a.csv" has files of other sizes: their median and spread are 1/20 of what they were.',
      ],
    ]);
  });

  it("does not tell by its sizes that two files have no key in common", () => {
    const sized = (min: number, max: number) => ({
      format: 1 as const,
      rows: 10,
      columns: [{ name: "photo", type: "file" as const, rows: 10, nulls: 0, min, max }],
    });
    const shared = (key: readonly string[] | null) =>
      mayShareRows({ others: [sized(1, 2)], fresh: [sized(5, 6)], key }).others.length > 0;

    expect([shared(null), shared(["photo"])]).toEqual([false, true]);
  });
});
