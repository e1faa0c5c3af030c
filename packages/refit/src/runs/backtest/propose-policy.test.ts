import type { BacktestResult, ComparedLine } from "@refit/core/backtest";
import { describe, expect, it } from "vitest";
import { proposePolicy, type PolicyEvidence } from "./propose-policy.ts";

/** Nothing may be asked of the world before there is something to propose. */
const untouched = new Proxy({} as Parameters<typeof proposePolicy>[0], {
  get: (_, name) => {
    throw new Error(`the port ${String(name)} was used`);
  },
});

interface Told {
  readonly nights?: number;
  readonly changes?: number;
  /** Of the improvement over today's policy, on the nights that were kept back. */
  readonly high?: number;
}

function evidenceOf({ nights = 5, changes = 1, high = 0.1 }: Told): PolicyEvidence {
  const kept = { id: "policy-1", against: { today: { mean: -0.1, low: -0.2, high } } } as unknown as ComparedLine;
  const result = { nights: Array.from({ length: nights }), planned: 5, keptBack: { lines: [kept] } };
  const policy = { line: { id: "policy-1" }, changes: Array.from({ length: changes }) };
  return { past: { model: "churn" }, result: result as unknown as BacktestResult, policy } as unknown as PolicyEvidence;
}

describe("proposePolicy", () => {
  it.each<[why: string, evidence: PolicyEvidence]>([
    ["unfinished", evidenceOf({ nights: 4 })],
    ["unfinished", { ...evidenceOf({}), policy: null }],
    ["keep", evidenceOf({ changes: 0 })],
    ["refuted", evidenceOf({ high: -0.01 })],
  ])("asks nothing of anybody where there is nothing to propose: %s", async (why, evidence) => {
    expect(await proposePolicy(untouched, evidence)).toEqual({ proposed: false, why, url: null });
  });

  it("goes on where the check does not speak against it beyond chance", async () => {
    await expect(proposePolicy(untouched, evidenceOf({ high: 0.01 }))).rejects.toThrow("was used");
  });
});
