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
const measured = (parent: string, at = 5) => row("rejected", at, { parent, reasons: [decline] });
const window = { from: "2026-03-01T00:00:00.000Z", to: "2026-03-20T00:00:00.000Z", rows: 412 };
const look = (parent: string, at = 6) => row("look", at, { parent, window, live: { metric: "rocAuc", value: 0.72 } });

describe("outlook", () => {
  it("tells what was measured of the live version, and of no other", () => {
    const ofDecline = { metric: "rocAuc", value: 0.7, rows: null, at: day(5) };

    expect(outlook([measured("live")], "live").live).toEqual(ofDecline);
    expect(outlook([measured("live"), look("other")], "live").live).toEqual(ofDecline);
    expect(outlook([measured("other")], "live").live).toBeNull();
    expect(outlook([measured("live")], null).live).toBeNull();
  });

  it("says on how many rows, where a comparison has measured it", () => {
    expect(outlook([look("live"), measured("live", 7)], "live").live).toEqual({
      metric: "rocAuc",
      value: 0.72,
      rows: 412,
      at: day(6),
    });
    expect(outlook([row("look", 6, { parent: "live", window })], "live").live).toBeNull();
  });

  it("knows the newest row of all comparisons", () => {
    const older = { ...window, to: "2026-03-10T00:00:00.000Z" };

    expect(outlook([look("a"), row("look", 7, { window: older })], "live").newestRow).toBe(Date.parse(window.to));
    expect(outlook([row("look", 7, { window: { ...window, to: null } })], "live").newestRow).toBeNull();
  });
});
