import { describe, expect, it } from "vitest";
import type { HoldoutFacts, Lineage } from "../lineage/lineage.ts";
import { unseenRows } from "./unseen-rows.ts";

const facts = (over: Partial<HoldoutFacts>, trainedUntil?: string): Pick<Lineage, "holdout" | "trainedUntil"> => ({
  holdout: { kind: "temporal", from: null, to: null, fraction: null, rows: 0, digest: "", trainedUntil: null, ...over },
  trainedUntil,
});
const time = Float64Array.of(1, 2, 3, 4).map((day) => Date.UTC(2026, 0, day));
const positions = Float64Array.of(0.05, 0.15, 0.25, 0.1);
const holdout = Uint32Array.of(1, 2, 3);

describe("unseenRows", () => {
  it("keeps rows after the champion's last training instant", () => {
    const champion = facts({ trainedUntil: "2026-01-02T00:00:00Z" });

    expect([...unseenRows(holdout, champion, time, positions)]).toEqual([2, 3]);
  });

  it("keeps rows after what ships has learned from, where that is more than what was judged had", () => {
    const champion = facts({ trainedUntil: "2026-01-02T00:00:00Z" }, "2026-01-03T00:00:00Z");

    expect([...unseenRows(holdout, champion, time, positions)]).toEqual([3]);
  });

  it("keeps rows on the champion's holdout side when that was made by hash", () => {
    expect([...unseenRows(holdout, facts({ kind: "hash", fraction: 0.2 }), null, positions)]).toEqual([1, 3]);
  });

  it("keeps none when nothing tells what the champion has seen", () => {
    expect(unseenRows(holdout, facts({}), null, positions)).toHaveLength(0);
    expect(unseenRows(holdout, facts({ trainedUntil: null }), time, positions)).toHaveLength(0);
  });
});
