import fc from "fast-check";
import { expect, it } from "vitest";
import { readInstant } from "./read-instant.ts";

it("reads what a date writes, to the millisecond", () => {
  const range = {
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  };
  fc.assert(
    fc.property(fc.date(range), (date) => {
      expect(readInstant(date.toISOString())).toBe(date.getTime());
    }),
  );
});

it.each<[text: string, iso: string | null]>([
  ["2026-11-28", "2026-11-28T00:00:00.000Z"],
  [" 2026-1-5 7:05 ", "2026-01-05T07:05:00.000Z"],
  ["0050-01-01", "0050-01-01T00:00:00.000Z"],
  ["2026-11-28T06:00:00.123456789", "2026-11-28T06:00:00.123Z"],
  ["2026-11-28T06:00:00+05:30", "2026-11-28T00:30:00.000Z"],
  ["2026-01-01 00:00:00-0130", "2026-01-01T01:30:00.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ["2026-02-29", null],
  ["2026-13-01", null],
  ["2026-00-01", null],
  ["2026-01-00", null],
  ["2026-01-01T24:00", null],
  ["2026-01-01T00:60", null],
  ["2026-01-01T00:00:60", null],
  ["28.11.2026", null],
  ["", null],
])("%j is %s", (text, iso) => {
  const instant = readInstant(text);

  expect(instant === null ? null : new Date(instant).toISOString()).toBe(iso);
});
