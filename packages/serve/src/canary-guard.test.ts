import { describe, expect, it } from "vitest";
import { canaryGuard, type CanaryOutcome, type CanaryStop } from "./canary-guard.ts";

function guarded(outcomes: readonly CanaryOutcome[]) {
  const told: CanaryStop[] = [];
  const guard = canaryGuard((stop) => told.push(stop));
  for (const outcome of outcomes) guard.note(outcome, outcome === "failed" ? "Error: no." : undefined);
  return { guard, told };
}

const many = (count: number, outcome: CanaryOutcome) => Array<CanaryOutcome>(count).fill(outcome);
/** One of it, and then answers. */
const seldom = (every: number, outcome: CanaryOutcome) => [outcome, ...many(every - 1, "answered")];

describe("what stops a canary", () => {
  it.each<[why: string, outcomes: readonly CanaryOutcome[], reason: CanaryStop["reason"] | null]>([
    ["nothing was asked", [], null],
    ["all is well", many(1000, "answered"), null],
    ["four failures at once", many(4, "failed"), null],
    ["five failures at once", many(5, "failed"), "failed"],
    ["five failures among a hundred", Array.from({ length: 5 }, () => seldom(20, "failed")).flat(), "failed"],
    ["four failures among each hundred", Array.from({ length: 40 }, () => seldom(25, "failed")).flat(), null],
    ["nineteen slow answers", many(19, "slow"), null],
    ["twenty slow answers", many(20, "slow"), "slow"],
    ["one slow answer of five", Array.from({ length: 20 }, () => seldom(5, "slow")).flat(), "slow"],
    ["one slow answer of six", Array.from({ length: 100 }, () => seldom(6, "slow")).flat(), null],
  ])("%s", (_why, outcomes, reason) => {
    const { guard, told } = guarded(outcomes);

    expect(guard.stopped?.reason ?? null).toBe(reason);
    expect(told).toEqual(reason === null ? [] : [guard.stopped]);
  });

  it("says how many of how many, and why the last one failed", () => {
    expect(guarded([...many(3, "answered"), ...many(5, "failed")]).guard.stopped).toEqual({
      reason: "failed",
      message: "5 of its last 8 requests failed. Error: no.",
    });
  });

  it("holds, whatever comes afterwards", () => {
    const { guard, told } = guarded([...many(5, "failed"), ...many(500, "answered"), ...many(50, "slow")]);

    expect(guard.stopped?.reason).toBe("failed");
    expect(told).toHaveLength(1);
  });
});
