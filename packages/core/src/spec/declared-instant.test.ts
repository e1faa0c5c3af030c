import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declaredInstant } from "./declared-instant.ts";

describe("declaredInstant", () => {
  it.each<[text: string, at: string | null]>([
    ["2026-03-31", "2026-03-31T23:59:59.999Z"],
    ["2024-02-29", "2024-02-29T23:59:59.999Z"],
    ["2026-03-31T06:00:00Z", "2026-03-31T06:00:00.000Z"],
    ["2026-03-31T06:00+02:00", "2026-03-31T04:00:00.000Z"],
    ["2026-03-31T06:00:00.250Z", "2026-03-31T06:00:00.250Z"],
    ["2026-02-29", null],
    ["2026-02-30T06:00:00Z", null],
    ["2026-13-01", null],
    ["2026-03-31T25:00:00Z", null],
    ["2026-03-31T06:00:00", null], // of which zone?
    ["31.03.2026", null],
    ["2026", null],
    ["last week", null],
    ["", null],
  ])("%s", (text, at) => {
    const instant = declaredInstant(text);

    expect(instant === null ? null : new Date(instant).toISOString()).toBe(at);
  });

  it("of a day is after every instant of it and before the next day", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("1970-01-01"), max: new Date("9990-01-01"), noInvalidDate: true }), (at) => {
        const text = at.toISOString().slice(0, 10);
        const end = declaredInstant(text)!;

        expect(end).toBeGreaterThanOrEqual(at.getTime());
        expect(new Date(end + 1).toISOString()).toBe(`${new Date(end + 1).toISOString().slice(0, 10)}T00:00:00.000Z`);
      }),
    );
  });

  it("never throws, whatever is written", () => {
    fc.assert(
      fc.property(fc.string(), (text) => declaredInstant(text) === null || Number.isFinite(declaredInstant(text))),
    );
  });
});
