import { describe, expect, it } from "vitest";
import { DAY } from "../time.ts";
import { day, row } from "./ledger-rows.fixture.ts";
import { outlook } from "./outlook.ts";

const champion = { treeId: "live", since: day(1) };
const decline = {
  kind: "performance" as const,
  metric: "rocAuc" as const,
  before: 0.8,
  now: 0.7,
  performanceMargin: 0.05,
};

describe("outlook", () => {
  it("says when age asks for a retrain, counted from what was judged last", () => {
    expect(outlook([], champion, { maxAgeDays: 30 }).dueAt).toBe(day(1) + 30 * DAY);
    expect(outlook([row("rejected", 5)], champion, { maxAgeDays: 30 }).dueAt).toBe(day(5) + 30 * DAY);
    expect(outlook([row("blocked", 5)], champion, { maxAgeDays: 30 }).dueAt).toBe(day(1) + 30 * DAY);
    expect(outlook([], champion, {}).dueAt).toBeNull();
    expect(outlook([], champion, null).dueAt).toBeNull();
  });

  it("tells what was measured of the live version, and of no other", () => {
    const measured = (parent: string) => row("rejected", 5, { parent, reasons: [decline] });

    expect(outlook([measured("live")], champion, null).performance).toEqual({
      metric: "rocAuc",
      before: 0.8,
      now: 0.7,
    });
    expect(outlook([measured("other")], champion, null).performance).toBeNull();
  });

  it("counts the runs that were blocked", () => {
    expect(outlook([row("blocked", 5), row("blocked", 6)], champion, null).blocked).toEqual({ runs: 2, since: day(5) });
  });
});
