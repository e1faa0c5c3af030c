import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { dataManifest } from "../spec/data-manifest.ts";
// The pinned digests are those of the defaults that models in the field have.
import { descriptors } from "../../../tabular/src/descriptors.ts";
import { modelSpec } from "../spec/model-spec.ts";
import { digestInputs, type TrainingInputs } from "./input-digest.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const written = {
  task: "binary",
  data: "d",
  target: "y",
  candidates: [{ learner: "gbdt" }],
  metrics: { primary: "rocAuc" },
  gates: [{ metric: "rocAuc", min: 0.6 }],
};
const inputs = (spec: object = {}, manifest: object = {}, rest: Partial<TrainingInputs> = {}): TrainingInputs => ({
  files: ["a", "b"],
  spec: modelSpec(descriptors).parse({ ...written, ...spec }),
  manifest: dataManifest.parse({ sources: [{ path: "x.csv" }], ...manifest }),
  code: null,
  learners: { gbdt: 1 },
  ...rest,
});
const digests = (...parts: Parameters<typeof inputs>) => digestInputs(inputs(...parts), sha256);
const base = digests();

describe("digestInputs", () => {
  it("stays what it was when the spec gains a key that nobody wrote", () => {
    expect(base.settings).toBe("f0e742cd3a92c53a777252783a7b2c082ef1103df5e21240fa7728fd2cfec679");
    expect(digests({ slices: ["a", "b"] }).settings).toBe(
      "26108f3b6ebaaac5552098d20bb85d5249623de82480c55c9d031bbb5bac3494",
    );
  });

  it.each<[what: string, changed: ReturnType<typeof digests>]>([
    ["the order of the files", digests({}, {}, { files: ["b", "a"] })],
    ["a gate", digests({ gates: [{ metric: "rocAuc", min: 0.9 }] })],
    ["the retrain policy", digests({ retrain: { cooldownHours: 1 } })],
    ["the merge policy", digests({ merge: "auto" })],
    ["the margin", digests({ margin: 0.02 })],
    ["a fairness rule", digests({ fairness: [{ group: "region" }] })],
    ["the budget", digests({ budget: { maxLatencyRatio: 1.25 } })],
    ["a path", digests({}, { sources: [{ path: "elsewhere.csv" }] })],
    ["a check", digests({}, { checks: { maxNullRate: 0.2 } })],
    ["a default, written out", digests({ seed: 7 })],
  ])("%s does not change it", (_what, changed) => {
    expect(changed).toEqual(base);
  });

  it("covers the text of the feature views that the manifest lists", () => {
    const viewed = (viewTexts: Record<string, string>) => {
      const all = inputs({}, { views: ["a"], prepare: "SELECT * FROM a" });
      return digestInputs({ ...all, manifest: { ...all.manifest, viewTexts } }, sha256);
    };

    expect(viewed({ a: "SELECT 1" })).toEqual(viewed({ a: "SELECT 1" }));
    expect(viewed({ a: "SELECT 2" }).settings).not.toBe(viewed({ a: "SELECT 1" }).settings);
  });

  it("knows which file is of which further table", () => {
    const fields = [{ name: "at", type: "date" }];
    const tables = [{ name: "orders", sources: [{ path: "o.csv" }], schema: { fields } }];
    const joined = (rest: object, of: Record<string, readonly string[]>) =>
      digests({}, { prepare: "SELECT 1", tables, ...rest }, { tables: of });
    const one = joined({}, { orders: ["c", "d"] });

    expect(joined({}, { orders: ["d", "c"] })).toEqual(one);
    expect(
      joined({ tables: [{ ...tables[0], availableAt: "at", checks: { minRows: 9 } }] }, { orders: ["c", "d"] }),
    ).toEqual(one);
    expect(joined({}, { orders: ["c"] }).input).not.toBe(one.input);
    expect(joined({}, { orders: ["c"] }).settings).toBe(one.settings);
    expect(joined({}, { visits: ["c", "d"] }).input).not.toBe(one.input);
    expect(joined({ tables: [{ ...tables[0], name: "visits" }] }, { orders: ["c", "d"] }).settings).not.toBe(
      one.settings,
    );
    expect(digests({}, {}, { tables: {} })).toEqual(base);
  });

  it.each<[what: string, changed: ReturnType<typeof digests>, settings: boolean]>([
    ["a file's content", digests({}, {}, { files: ["a", "c"] }), false],
    ["a candidate", digests({ candidates: [{ learner: "gbdt", trees: 10 }] }), true],
    ["a calibration", digests({ candidates: [{ learner: "gbdt", calibration: "platt" }] }), true],
    ["a seed", digests({ seed: 8 }), true],
    ["the group", digests({ group: "customer" }), true],
    ["the weight", digests({ weight: "importance" }), true],
    ["the threshold", digests({ metrics: { primary: "rocAuc", threshold: 0.3 } }), true],
    ["the holdout", digests({ holdout: { fraction: 0.3 } }), true],
    ["the rows that are learned from", digests({ time: "t", training: { days: 60 } }), true],
    ["what ships", digests({ time: "t", ship: "judged" }), true],
    ["the preparation", digests({}, { prepare: "SELECT 1" }), true],
    ["the schema", digests({}, { schema: { fields: [{ name: "y", type: "boolean" }] } }), true],
    ["a learner's algorithm", digests({}, {}, { learners: { gbdt: 2 } }), true],
    ["the learner's code", digests({}, {}, { code: "c" }), true],
  ])("%s changes it", (_what, changed, settings) => {
    expect(changed.input).not.toBe(base.input);
    expect(changed.settings !== base.settings).toBe(settings);
  });
});
