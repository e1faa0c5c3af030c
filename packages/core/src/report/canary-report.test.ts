import { describe, expect, it } from "vitest";
import type { MovedCanary } from "../decide/canary-move.ts";
import type { Rollout } from "../spec/rollout.ts";
import { canaryReport } from "./canary-report.ts";
import { markdownReport } from "./markdown-report.ts";

const rollout: Rollout = {
  percent: 5,
  steps: [5, 25, 50],
  minLabels: 200,
  maxDays: 28,
  margin: 0.01,
  outcome: "independent",
  loss: "brier",
};
const facts = {
  model: "churn",
  moved: { move: "step", from: 5, to: 25, rolloutText: "" } as MovedCanary,
  treeId: "c".repeat(40),
  rollout,
  days: 11,
  championLabel: "v3",
  championMoved: false,
};

describe("canaryReport", () => {
  it.each<[why: string, given: typeof facts | (Omit<typeof facts, "rollout"> & { rollout: null })]>([
    ["of a step", facts],
    ["of the promotion", { ...facts, moved: { move: "promote" } }],
    ["of a stop", { ...facts, moved: { move: "stop" }, days: 1 }],
    ["of a stop after the champion moved", { ...facts, moved: { move: "stop" }, championMoved: true }],
    ["of a stop of what cannot be read", { ...facts, moved: { move: "stop" }, rollout: null }],
  ])("%s", (_why, given) => {
    expect(markdownReport(canaryReport(given))).toMatchSnapshot();
  });
});
