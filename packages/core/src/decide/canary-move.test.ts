import { describe, expect, it } from "vitest";
import { rolloutText, type Rollout } from "../spec/rollout.ts";
import { moveCanary, type CanaryMove, type MovableCanary } from "./canary-move.ts";

const rollout: Rollout = {
  percent: 5,
  steps: [5, 25],
  minLabels: 200,
  maxDays: 28,
  margin: 0.01,
  outcome: "independent",
  loss: "brier",
};

function canaryAt(percent: number, change: Partial<MovableCanary> = {}): MovableCanary {
  const file = { text: rolloutText({ ...rollout, percent }), rollout: { ...rollout, percent }, problem: null };
  return { model: "churn", file, broken: null, championMoved: false, ...change };
}

const unreadable = { file: { text: "", rollout: null, problem: "it is empty." } };

describe("moveCanary", () => {
  it("changes one line for a step", () => {
    expect(moveCanary(canaryAt(5), "step")).toEqual({
      move: "step",
      from: 5,
      to: 25,
      rolloutText: rolloutText({ ...rollout, percent: 25 }),
    });
  });

  it("promotes after the last step", () => {
    expect(moveCanary(canaryAt(25), "promote")).toEqual({ move: "promote" });
  });

  it.each<[why: string, canary: MovableCanary]>([
    ["at any step", canaryAt(5)],
    ["that is broken", canaryAt(5, { broken: "model.json is missing." })],
    ["without a rollout.yaml", canaryAt(5, { file: null })],
    ["whose rollout.yaml cannot be read", canaryAt(5, unreadable)],
    ["of another champion", canaryAt(5, { championMoved: true })],
  ])("stops a canary %s", (_why, canary) => {
    expect(moveCanary(canary, "stop")).toEqual({ move: "stop" });
  });

  it.each<[move: CanaryMove, why: string, canary: MovableCanary, message: RegExp]>([
    ["step", "after the last step", canaryAt(25), /at its last step, 25 %/],
    ["promote", "before the last step", canaryAt(5), /at 5 %, and its last step is 25 %/],
    ["step", "of another champion", canaryAt(5, { championMoved: true }), /compared with another champion/],
    ["promote", "of another champion", canaryAt(25, { championMoved: true }), /compared with another champion/],
    ["step", "of a broken folder", canaryAt(5, { broken: "model.json is missing." }), /broken: model\.json is missing/],
    ["step", "without a rollout.yaml", canaryAt(5, { file: null }), /rollout\.yaml of churn is missing/],
    ["promote", "by a rollout.yaml that cannot be read", canaryAt(25, unreadable), /cannot be read: it is empty/],
  ])("refuses to %s %s", (move, _why, canary, message) => {
    expect(() => moveCanary(canary, move)).toThrow(message);
  });
});
