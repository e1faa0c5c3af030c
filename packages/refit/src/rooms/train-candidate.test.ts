import type { ArtifactFiles, Learner } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import { describe, expect, it } from "vitest";
import { type ScoredFitRows, trainCandidate } from "./train-candidate.ts";

const rows = (labels: number[]) => ({
  rows: Uint32Array.from(labels.keys()),
  target: Float64Array.from(labels),
  features: { rows: labels.length, columns: [] },
});
const fit: ScoredFitRows = {
  table: { rowValues: async () => [] },
  target: { name: "left", task: "binary", classes: [false, true] },
  training: rows([0, 1, 0]),
  validation: rows([0, 1]),
  compared: rows([0, 1]),
  code: new Map(),
};
const spec = { task: "binary", seed: 7, metrics: { primary: "rocAuc", also: [] } } as unknown as ModelSpec;

/** A learner whose model gives these answers. */
function portsWith(answers: number[]) {
  const learner = {
    algorithmVersion: 1,
    fit: async (): Promise<ArtifactFiles> => new Map(),
    load: async () => ({ predict: () => Float64Array.from(answers) }),
  } as unknown as Learner;
  return {
    clock: { now: () => 0, elapsed: () => 0, cpu: () => 0 },
    learners: { installed: [], get: async () => learner, missing: async () => null },
    out: { print: () => {}, progress: () => {}, notice: () => {} },
  };
}

describe("a candidate", () => {
  it.each([
    [[0.2, 0.7], true, 1],
    [[0.2, 0.2], false, 0.5],
  ])("with the answers %j has learned: %j", async (answers, learned, validation) => {
    expect(await trainCandidate(portsWith(answers), spec, { learner: "any" }, fit)).toMatchObject({
      learned,
      validation,
    });
  });
});
