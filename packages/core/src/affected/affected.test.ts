import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandDescriptor } from "../learners/command-descriptor.ts";
import { digestInputs } from "../digest/input-digest.ts";
import type { Checked } from "../spec/check.ts";
import { checkDataManifest } from "../spec/check-data-manifest.ts";
import { checkModelSpec } from "../spec/check-model-spec.ts";
import { compareModel, mayAffect, type ModelSide } from "./compare-model.ts";
import { dataPaths, type WrittenModel } from "./model-files.ts";
import { pathIndex } from "./path-index.ts";

type Files = Readonly<Record<string, string>>;

const datasets = ["a", "b"];
const globs = ["data/a/*.csv", "data/*/1.csv", "data/b-[12].csv", "data/**/x.parquet", "data/a/1.csv"];
const paths = [
  "data/a/1.csv",
  "data/a/2.csv",
  "data/b/1.csv",
  "data/b-1.csv",
  "data/b-3.csv",
  "data/a/b/x.parquet",
  "data/a/README.md",
  "code/train.py",
  "code/lib.py",
  "feature-views/v.sql",
  "docs/page.md",
  "models/one/champion/lineage.json",
];

const spec = fc.record({
  data: fc.constantFrom(...datasets),
  code: fc.subarray(["code/train.py", "code/lib.py"]),
  minRows: fc.constantFrom(100, 200),
  min: fc.constantFrom<number>(0.5, 0.6),
});
const manifest = fc.record({
  sources: fc.subarray(globs, { minLength: 1 }),
  hasView: fc.boolean(),
  hasTable: fc.boolean(),
  maxNullRate: fc.constantFrom<number>(0.1, 0.2),
});
const content = fc.dictionary(fc.constantFrom(...paths), fc.constantFrom<string>("1", "2", "3"));
const world = fc.record({
  one: spec,
  two: spec,
  a: manifest,
  b: manifest,
  files: content,
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** A repository of two models, with what people write as JSON. */
function filesOf({ one, two, a, b, files }: World): Files {
  const specText = ({ data, code, minRows, min }: World["one"]) =>
    JSON.stringify({
      task: "binary",
      data,
      target: "y",
      candidates: [{ learner: "command", train: ["python"], predict: ["python"], code }],
      holdout: { minRows },
      metrics: { primary: "rocAuc" },
      gates: [{ metric: "rocAuc", min }],
    });
  const manifestText = ({ sources, hasView, hasTable, maxNullRate }: World["a"]) =>
    JSON.stringify({
      sources: sources.map((path) => ({ path })),
      prepare: "SELECT * FROM source",
      ...(hasView && { views: ["v"] }),
      ...(hasTable && {
        tables: [
          { name: "t", sources: [{ path: "data/b-*.csv" }], schema: { fields: [{ name: "k", type: "string" }] } },
        ],
      }),
      checks: { maxNullRate },
    });
  return {
    ...files,
    "models/one/model.yaml": specText(one),
    "models/two/model.yaml": specText(two),
    "data-manifests/a.yaml": manifestText(a),
    "data-manifests/b.yaml": manifestText(b),
  };
}

const parsed = new Map<string, unknown>();

/** The same text is checked once: that takes most of the time. */
function valueOf<T>(text: string, check: (document: unknown) => Checked<T>): T {
  const checked = parsed.has(text) ? null : check(JSON.parse(text));
  if (checked?.ok === false) throw new Error(JSON.stringify(checked.problems));
  if (checked !== null) parsed.set(text, checked.value);
  return parsed.get(text) as T;
}

function writtenIn(files: Files, model: string): WrittenModel {
  const ofModel = valueOf(files[`models/${model}/model.yaml`]!, (value) => checkModelSpec(value, [commandDescriptor]));
  const { data, candidates } = ofModel;
  const ofData = valueOf(files[`data-manifests/${data}.yaml`]!, (value) => checkDataManifest(value, [""]));
  const code = candidates.flatMap((each) => (each as unknown as { code: readonly string[] }).code);
  const views = ofData.views ?? [];
  return {
    spec: { ...ofModel, codeDigests: Object.fromEntries(code.map((path) => [path, files[path] ?? ""])) },
    manifest: {
      ...ofData,
      viewTexts: Object.fromEntries(views.map((name) => [name, files[`feature-views/${name}.sql`] ?? ""])),
    },
  };
}

/** What a run would come to, from every byte. */
function inputsIn(files: Files, written: WrittenModel): string {
  const index = pathIndex(Object.keys(files));
  const contents = (sources: Parameters<typeof dataPaths>[0]) => dataPaths(sources, index).map((path) => files[path]!);
  const tables = (written.manifest.tables ?? []).map(({ name, sources }) => [name, contents(sources)]);
  return digestInputs(
    {
      ...written,
      files: contents(written.manifest.sources),
      tables: Object.fromEntries(tables),
      code: JSON.stringify(written.spec.codeDigests),
      learners: { command: 1 },
    },
    (text) => text,
  ).input;
}

const sideIn = (files: Files, model: string): ModelSide => {
  const written = writtenIn(files, model);
  return { ...written, inputs: inputsIn(files, written) };
};

function answer(before: Files, after: Files, model: string) {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = pathIndex(all.filter((path) => before[path] !== after[path]));
  const side = sideIn(after, model);
  if (!mayAffect(model, side, changed)) return null;
  return compareModel({ model, isNew: false, before: sideIn(before, model), after: side, imported: [] }, changed);
}

describe("a change", () => {
  it("retrains a model exactly where its inputs are others, whatever the repositories", () => {
    fc.assert(
      fc.property(world, world, fc.constantFrom("one", "two"), (from, to, model) => {
        const [before, after] = [filesOf(from), filesOf(to)];
        const isOther = sideIn(before, model).inputs !== sideIn(after, model).inputs;

        expect(answer(before, after, model)?.effect === "retrain").toBe(isOther);
      }),
      { numRuns: 500 },
    );
  });

  it("of one file names the models that it is an input of, and that file alone", () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...paths), fc.constantFrom("one", "two"), (from, path, model) => {
        const before = filesOf(from);
        const after = { ...before, [path]: "other" };
        const found = answer(before, after, model);
        const isOther = sideIn(before, model).inputs !== sideIn(after, model).inputs;

        expect(found?.reasons.map((reason) => reason.path) ?? []).toEqual(isOther ? [path] : []);
      }),
      { numRuns: 500 },
    );
  });

  it("of names alone does nothing: the same contents under other names are the same inputs", () => {
    const names = fc.shuffledSubarray(["data/a/1.csv", "data/a/2.csv", "data/a/3.csv"], { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(world, names, names, (from, [one, two], [three, four]) => {
        const written = { ...from, a: { ...from.a, sources: ["data/a/*.csv"], hasTable: false } };
        const [before, after] = [
          { [one!]: "1", [two!]: "2" },
          { [three!]: "1", [four!]: "2" },
        ].map((files) => filesOf({ ...written, one: { ...from.one, data: "a" }, files }));

        expect(answer(before!, after!, "one")).toBe(null);
      }),
      { numRuns: 100 },
    );
  });

  it("of gates or checks alone touches, and retrains nothing", () => {
    fc.assert(
      fc.property(world, (from) => {
        const to = { ...from, one: { ...from.one, min: 0.9 }, a: { ...from.a, maxNullRate: 0.9 } };
        const models = ["one", "two"].map((model) => answer(filesOf(from), filesOf(to), model));

        expect(models[0]?.effect).toBe("touch");
        expect(models[1]?.effect).toBe(from.two.data === "a" ? "touch" : undefined);
      }),
      { numRuns: 100 },
    );
  });
});
