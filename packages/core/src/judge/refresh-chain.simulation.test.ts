import { describe, expect, it } from "vitest";
import { lossOfChain } from "./refresh-chain.fixture.ts";

describe("thirty nightly refreshes, each truly a little worse than the champion", () => {
  const chain = { nights: 30, rows: 2000, loss: 0.002, margin: 0.02 };
  const meanLoss = (anchored: boolean, refresh: "guarded" | "proven" = "proven") => {
    const losses = Array.from({ length: 10 }, (_, seed) => lossOfChain({ ...chain, refresh, seed, anchored }));
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };

  it("walk down step by step where each is compared with the last one only", () => {
    expect(meanLoss(false)).toBeGreaterThan(1.5 * chain.margin);
  });

  it("stay within the margin where the anchor is asked too", () => {
    expect(meanLoss(true)).toBeLessThan(chain.margin);
  });

  it("stay within it where only harm is guarded against, and the anchor is asked", () => {
    expect(meanLoss(false, "guarded")).toBeGreaterThan(1.5 * chain.margin);
    expect(meanLoss(true, "guarded")).toBeLessThan(chain.margin);
  });
});
