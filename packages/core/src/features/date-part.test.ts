import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datePart } from "./date-part.ts";

describe("datePart", () => {
  it("gives the month that a Date gives, before 1970 and at every end of a month, too", () => {
    const LAST = 8.64e15;
    const ends = [1600, 1700, 1899, 1900, 1970, 2000, 2023, 2024, 2100].flatMap((year) =>
      Array.from({ length: 12 }, (_, month) => Date.UTC(year, month, 1)).flatMap((first) => [first - 1, first]),
    );
    const beyond = [-LAST, LAST, LAST + 1, -LAST - 1, Infinity, NaN];
    const month = (instant: number) => new Date(instant).getUTCMonth() + 1;

    expect([...ends, ...beyond].map((instant) => datePart("month", instant))).toEqual([...ends, ...beyond].map(month));
    fc.assert(
      fc.property(fc.integer({ min: -LAST, max: LAST }), (instant) => datePart("month", instant) === month(instant)),
      { numRuns: 2000 },
    );
  });
});
