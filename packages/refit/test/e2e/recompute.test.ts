import { describe, expect, it } from "vitest";
import { churnSpec } from "./support/churn.ts";
import { recompute } from "./support/recompute.ts";
import { championScene, churnScene, month } from "./support/scene.ts";

const gates = churnSpec.gates;
/** A third month: the champion is refreshed, or its settings have changed. */
const cases: [why: string, kind: string, first: object, second: object, rows?: number][] = [
  ["a refresh that shows no harm", "promote", {}, {}],
  ["a refresh that is proven within its margin", "promote", { refresh: "proven" }, {}],
  ["a refresh that proves too little", "inconclusive", { refresh: "proven", margin: 1e-6 }, {}, 160],
  ["a change that must be better", "inconclusive", {}, { candidates: [{ learner: "gbdt", trees: 9, leaves: 7 }] }],
  ["a change that is worse beyond chance", "hold", {}, { candidates: [{ learner: "gbdt", trees: 1, leaves: 2 }] }],
  ["a failed gate", "hold", {}, { gates: [...gates, { metric: "rocAuc", min: 0.999 }] }],
  ["gates on slices", "hold", {}, { gates: [...gates, { metric: "logLoss", max: 0.01, slice: "plan" }] }],
  [
    "a gate that chance excuses",
    "promote",
    {},
    { gates: [...gates, { metric: "rocAuc", maxRegression: 0, slice: "*", significant: true }] },
  ],
  [
    "fairness and budget",
    "hold",
    {},
    {
      fairness: [{ group: "plan", minSelectionRatio: 0.99, maxOpportunityGapGrowth: 0.01 }],
      budget: { maxLatencyRatio: 50, maxP95MsPer1000Rows: 10_000, maxSizeRatio: 10 },
    },
  ],
  ["a declared slice without rows", "block", {}, { slices: ["plan", "region"] }],
];

describe("what `run --json` prints is enough to recompute the verdict", () => {
  it.each(cases)("%s: %s", { timeout: 120_000 }, async (_why, kind, first, second, rows = 600) => {
    const scene = await churnScene({ spec: { ...first, holdout: { days: 30, minRows: 50 } } });
    const before = (await evidenceOf(scene))!;
    expect(recompute(before)).toEqual({ kind: before.verdict.kind, contradictions: [] });
    await scene.merge();
    const spec = { ...churnSpec, ...first, holdout: { days: 30, minRows: 50 }, ...second };
    await scene.land({ ...month(3, rows), "models/churn/model.yaml": spec });
    scene.at("2026-06-10T00:00:00Z");

    const evidence = (await evidenceOf(scene))!;

    expect(recompute(evidence)).toEqual({ kind, contradictions: [] });
    expect(evidence.verdict.kind).toBe(kind);
  });

  it("notices when a number does not belong to the others", async () => {
    const scene = await championScene({ spec: { holdout: { days: 30, minRows: 50 } } });
    await scene.land(month(3, 600));
    scene.at("2026-06-10T00:00:00Z");
    const evidence = (await evidenceOf(scene))!;
    const { evaluation, verdict } = evidence;

    const tests = evaluation.tests.map((test) => ({ ...test, p: test.p! + 0.01 }));
    const metrics = evaluation.metrics.map((row) => ({ ...row, challenger: row.challenger! + 0.01 }));

    expect(recompute({ evaluation: { ...evaluation, tests }, verdict }).contradictions[0]).toMatch(/^p of the test/);
    expect(recompute({ evaluation: { ...evaluation, metrics }, verdict }).contradictions[0]).toMatch(/^improvement of/);
  });
});

/** As a program reads it: printed and parsed. */
async function evidenceOf(scene: Awaited<ReturnType<typeof churnScene>>) {
  const outcome = await scene.run();
  return "evidence" in outcome ? outcome.evidence : null;
}
