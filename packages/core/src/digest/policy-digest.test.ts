import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { dataManifest } from "../spec/data-manifest.ts";
import { learners } from "../learners/learners.fixture.ts";
import { modelSpec } from "../spec/model-spec.ts";
import { digestPolicy } from "./policy-digest.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const written = {
  task: "binary",
  data: "d",
  target: "y",
  candidates: [{ learner: "gbdt" }],
  metrics: { primary: "rocAuc" },
  gates: [{ metric: "rocAuc", min: 0.6 }],
};
const accept = (reason: string) => ({ checks: { accept: [{ column: "x", finding: "leak-suspect", reason }] } });
const digest = (spec: object = {}, manifest: object = {}) =>
  digestPolicy(
    modelSpec(learners).parse({ ...written, ...spec }),
    dataManifest.parse({ sources: [{ path: "x.csv" }], ...manifest }),
    sha256,
  );

describe("digestPolicy", () => {
  it.each<[what: string, changed: string]>([
    ["a gate", digest({ gates: [{ metric: "rocAuc", min: 0.5 }] })],
    ["the margin", digest({ margin: 0.02 })],
    ["what a refresh must show", digest({ refresh: "proven" })],
    ["a fairness rule", digest({ fairness: [{ group: "region" }] })],
    ["the budget", digest({ budget: { maxSizeRatio: 2 } })],
    ["an accepted finding", digest({}, accept("known"))],
  ])("%s is part of the bar", (_what, changed) => {
    expect(changed).not.toBe(digest());
  });

  it.each<[what: string, changed: string, from: string]>([
    ["the seed", digest({ seed: 8 }), digest()],
    ["the triggers", digest({ retrain: { cooldownHours: 1 } }), digest()],
    ["who merges", digest({ merge: "auto" }), digest()],
    ["a check of new files", digest({}, { checks: { minRows: 5 } }), digest()],
    ["the words of an acceptance", digest({}, accept("known")), digest({}, accept("other words"))],
  ])("%s is not", (_what, changed, from) => {
    expect(changed).toBe(from);
  });
});
