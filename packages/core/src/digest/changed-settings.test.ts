import { describe, expect, it } from "vitest";
import { descriptors } from "../../../tabular/src/descriptors.ts";
import { dataManifest } from "../spec/data-manifest.ts";
import { modelSpec } from "../spec/model-spec.ts";
import { changedSettings } from "./changed-settings.ts";

const written = {
  task: "binary",
  data: "d",
  target: "y",
  time: "day",
  candidates: [{ learner: "gbdt" }],
  metrics: { primary: "rocAuc" },
  gates: [{ metric: "rocAuc", min: 0.6 }],
};
const settings = (spec: object = {}, manifest: object = {}) => ({
  spec: modelSpec(descriptors).parse({ ...written, ...spec }),
  manifest: dataManifest.parse({ sources: [{ path: "x.csv" }], ...manifest }),
});

describe("changedSettings", () => {
  it.each<[what: string, after: ReturnType<typeof settings>, told: (string | null)[][]]>([
    ["nothing", settings(), []],
    ["what decides no training", settings({ gates: [{ metric: "rocAuc", min: 0.9 }] }), []],
    ["a key that was not set", settings({ holdout: { days: 90 } }), [["holdout.days", null, "90"]]],
    ["a value", settings({ seed: 8 }), [["seed", "7", "8"]]],
    ["a list as a whole", settings({ features: { exclude: ["a"] } }), [["features.exclude", "[]", '["a"]']]],
    ["the preparation", settings({}, { prepare: "SELECT 1" }), [["prepare", null, '"SELECT 1"']]],
  ])("tells %s", (_what, after, told) => {
    expect(changedSettings(settings(), after).map(({ setting, from, to }) => [setting, from, to])).toEqual(told);
  });
});
