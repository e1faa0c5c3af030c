import { describe, expect, it } from "vitest";
import { day, row } from "./ledger-rows.fixture.ts";
import { outlook } from "./outlook.ts";

const decline = {
  kind: "performance" as const,
  metric: "rocAuc" as const,
  before: 0.8,
  now: 0.7,
  performanceMargin: 0.05,
};

describe("outlook", () => {
  it("tells what was measured of the live version, and of no other", () => {
    const measured = (parent: string) => row("rejected", 5, { parent, reasons: [decline] });

    expect(outlook([measured("live")], "live").performance).toEqual({
      metric: "rocAuc",
      before: 0.8,
      now: 0.7,
    });
    expect(outlook([measured("other")], "live").performance).toBeNull();
    expect(outlook([measured("live")], null).performance).toBeNull();
  });

  it("counts the runs that were blocked", () => {
    expect(outlook([row("blocked", 5), row("blocked", 6)], "live").blocked).toEqual({ runs: 2, since: day(5) });
  });
});
