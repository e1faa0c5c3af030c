import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closesAt,
  type TimeInterval,
  intervalFile,
  intervalNamed,
  intervalOfFile,
  type IntervalUnit,
} from "./intervals.ts";

const unit = fc.constantFrom<IntervalUnit[]>("day", "month");
/** Instants of the years 1 to 9998. */
const instant = fc.integer({ min: Date.parse("0001-01-01"), max: Date.parse("9998-12-31") });

/** The one that an instant lies in. */
function intervalAt(at: number, each: IntervalUnit): TimeInterval {
  return intervalNamed(new Date(at).toISOString().slice(0, each === "day" ? 10 : 7), each)!;
}

describe("intervals", () => {
  it("tile time: each instant lies in the one that it names, and the next begins where it ends", () => {
    fc.assert(
      fc.property(instant, unit, (at, each) => {
        const { from, to, name } = intervalAt(at, each);
        const next = intervalAt(to, each);

        expect(from <= at && at < to).toBe(true);
        expect(next.from).toBe(to);
        expect(next.name > name).toBe(true);
        expect(intervalAt(to - 1, each).name).toBe(name);
      }),
    );
  });

  it("are read back from the name of their file, and from no other", () => {
    fc.assert(
      fc.property(instant, unit, fc.string(), (at, each, other) => {
        const found = intervalAt(at, each);
        const file = intervalFile("postgres:orders", found);

        expect(intervalOfFile("postgres:orders", file, each)).toEqual(found);
        expect(intervalOfFile("postgres:order", file, each)).toBeNull();
        expect(intervalOfFile("postgres:orders", file, each === "day" ? "month" : "day")).toBeNull();
        const read = intervalOfFile("postgres:orders", `postgres:orders/${other}.parquet`, each);
        expect(read === null || read.name === other).toBe(true);
      }),
    );
  });

  it("close in the order in which they lie, and later the longer late rows are waited for", () => {
    fc.assert(
      fc.property(instant, unit, fc.nat({ max: 30 }), (at, each, lookbackDays) => {
        const found = intervalAt(at, each);

        expect(closesAt(found, lookbackDays)).toBe(found.to + lookbackDays * 86_400_000);
        expect(closesAt(intervalAt(found.to, each), lookbackDays)).toBeGreaterThan(closesAt(found, lookbackDays));
      }),
    );
  });

  it.each<[name: string, unit: IntervalUnit]>([
    ["2026-02-29", "day"],
    ["2026-02-31", "day"],
    ["2026-13-01", "day"],
    ["2026-00", "month"],
    ["0000-01", "month"],
    ["2026-1-5", "day"],
    ["2026-01-05 ", "day"],
    ["10000-01-01", "day"],
    ["", "month"],
  ])("are none by the name %o", (name, each) => expect(intervalNamed(name, each)).toBeNull());

  it("know leap days and the length of months", () => {
    const { from, to } = intervalNamed("2028-02", "month")!;

    expect((to - from) / 86_400_000).toBe(29);
    expect(intervalNamed("2028-02-29", "day")).not.toBeNull();
  });
});
