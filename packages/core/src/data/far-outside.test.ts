import { describe, expect, it } from "vitest";
import { farOutside } from "./far-outside.ts";
import { profileOf } from "./profile.fixture.ts";

type Values = readonly (number | null)[];

const repeat = (count: number, value: (i: number) => number | null): Values =>
  Array.from({ length: count }, (_, i) => value(i));
const column = (values: Values) => profileOf({ x: values }).columns[0]!;
const check = (before: Values, now: Values) => farOutside(column(before), column(now));
const spread = (i: number) => 10 + ((i * 37) % 91);
const varies = (i: number) => ((i * 37) % 100) / 9000;
const mostlyZero = (i: number) => (i % 4 === 0 ? 1 + (i % 17) : 0);
const kelvin = (i: number) => 290 + (i % 7) / 4;
const heavy = (i: number) => 1 / (((i * 7919) % 10_007) / 10_007 + 1e-6);

describe("farOutside", () => {
  it.each<[why: string, before: Values, now: Values, count: number | null]>([
    ["as before", repeat(600, spread), repeat(150, spread), null],
    ["another unit", repeat(600, spread), repeat(150, (i) => 1000 * spread(i)), 150],
    [
      "another unit in a tenth of the rows",
      repeat(600, spread),
      repeat(150, (i) => spread(i) * (i % 10 === 0 ? 1000 : 1)),
      15,
    ],
    [
      "eight values in 150: as chance may have it",
      repeat(600, spread),
      repeat(150, (i) => (i < 8 ? 1e6 : spread(i))),
      null,
    ],
    ["nine", repeat(600, spread), repeat(150, (i) => (i < 9 ? 1e6 : spread(i))), 9],
    ["a hot day in a week of prices", repeat(10_000, spread), repeat(336, (i) => (i < 16 ? 1e6 : spread(i))), null],
    ["a day of it", repeat(10_000, spread), repeat(336, (i) => (i < 17 ? 1e6 : spread(i))), 17],
    ["two of three rows, beside many", repeat(20_000, spread), repeat(3, (i) => (i < 2 ? 1e6 : spread(i))), 2],
    ["one value alone", repeat(20_000, spread), repeat(3, (i) => (i < 1 ? 1e6 : spread(i))), null],
    ["below all others", repeat(600, spread), repeat(150, (i) => -1000 * spread(i)), 150],
    ["records, but near", repeat(600, spread), repeat(150, (i) => 5 * spread(i)), null],
    ["a column that grows, eight times as many rows later", repeat(200, (i) => i), repeat(1600, (i) => 200 + i), null],
    ["a heavy tail", repeat(2000, heavy), repeat(300, (i) => heavy(i + 2000)), null],
    ["a constant of another size", repeat(600, () => 5), repeat(150, () => 5000), 150],
    [
      "a constant but for one value, and then all of them vary",
      [...repeat(9999, () => 0.0035), 0.0032],
      repeat(300, varies),
      null,
    ],
    [
      "… for five values",
      [...repeat(9995, () => 0.0035), ...repeat(5, (i) => 0.003 + i / 1e4)],
      repeat(300, varies),
      null,
    ],
    [
      "mostly zeros, and the others in another unit",
      repeat(600, mostlyZero),
      repeat(150, (i) => 1000 * mostlyZero(i)),
      38,
    ],
    ["mostly zeros, and many more that are none", repeat(600, mostlyZero), repeat(150, () => 30), null],
    ["mostly zeros, and then nothing else", repeat(600, mostlyZero), repeat(150, () => 0), null],
    [
      "temperatures in kelvin, and one of another day",
      [...repeat(999, kelvin), 310],
      repeat(150, (i) => 1000 * kelvin(i)),
      150,
    ],
    [
      "large whole numbers, of which one differs",
      [...repeat(999, () => 1e8), 1e8 + 1],
      repeat(150, (i) => 1e8 + 10 * i),
      null,
    ],
    ["a year after a year", repeat(600, () => 2025), repeat(150, () => 2026), null],
    ["what was always zero has no scale", repeat(600, () => 0), repeat(150, () => 1e6), null],
    ["one value then", [7], repeat(150, () => 7e6), null],
    ["no value then", repeat(600, () => null), repeat(150, spread), null],
    ["no value now", repeat(600, spread), repeat(150, () => null), null],
  ])("%s", (_why, before, now, count) => {
    expect(check(before, now)?.count ?? null).toBe(count);
  });

  it("says how far, and what was there before", () => {
    expect(
      check(
        repeat(600, spread),
        repeat(150, (i) => 1000 * spread(i)),
      )?.words,
    ).toBe("has 150 of 150 values far beyond all that came before (up to 100000; before, 10 to 100)");
  });

  it("is not asked of dates, texts and what is sensitive", () => {
    const [was, is] = [column(repeat(600, spread)), column(repeat(150, (i) => 1000 * spread(i)))];
    expect(farOutside({ ...was, type: "date" }, { ...is, type: "date" })).toBeNull();
    const { min: _min, max: _max, buckets: _buckets, ...hidden } = is;
    expect(farOutside(was, hidden)).toBeNull();
  });
});
