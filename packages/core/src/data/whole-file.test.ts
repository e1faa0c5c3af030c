import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { checksPolicy } from "../spec/data-manifest.ts";
import { checkData, type DataCheckRequest } from "./check-data.ts";
import { profileOf, type Columns } from "./profile.fixture.ts";

type Values = readonly (number | string | null)[];

const anyTime = { time: null, now: 0 };
const repeat = (count: number, value: (i: number) => number | string | null): Values =>
  Array.from({ length: count }, (_, i) => value(i));
const cities = ["Bern", "Rome", "Paris"];

describe("a file as a whole", () => {
  const rows = 400;
  const uniform = (i: number) => (i * 0.618_033_988_749_895) % 1;
  const plain: Columns = {
    a: repeat(rows, (i) => uniform(i)),
    b: repeat(rows, (i) => 10 + uniform(i + 3)),
    c: repeat(rows, (i) => cities[i % 3]!),
    d: repeat(rows, (i) => uniform(i + 9) - 5),
  };
  const found = (now: Columns, rest: Partial<DataCheckRequest> = {}, reference: Columns = plain) =>
    checkData({
      ...anyTime,
      manifest: { checks: checksPolicy.parse({}) },
      rows: 2 * rows,
      newFiles: [{ path: "data/new.csv", profile: profileOf(now) }],
      reference: profileOf(reference),
      ...rest,
    }).map(({ code, column }) => [code, column]);

  /** The first so many rows lack the values of these columns. */
  const without = (count: number, ...names: string[]): Columns =>
    Object.fromEntries(
      Object.entries(plain).map(([name, values]) => [
        name,
        values.map((value, i) => (names.includes(name) && i < count ? null : value)),
      ]),
    );

  it.each<[what: string, now: Columns, codes: unknown[]]>([
    ["lacks a few values of three columns together", without(12, "a", "b", "d"), [["missing-together", "a"]]],
    ["lacks them in two columns", without(12, "a", "b"), []],
    ["lacks next to none", without(2, "a", "b", "d"), []],
    [
      "lacks many, which each column tells",
      without(200, "a", "b", "d"),
      [
        ["null-jump", "a"],
        ["null-jump", "b"],
        ["null-jump", "d"],
      ],
    ],
    ["lacks other shares of each", { ...without(12, "a"), b: without(17, "b")["b"]!, d: without(20, "d")["d"]! }, []],
  ])("%s", (_what, now, codes) => {
    expect(found(now)).toEqual(codes);
  });

  const jumped: Columns = { ...plain, a: repeat(rows, (i) => 0.6 + 0.4 * uniform(i)) };
  const known = (path: string) => ({ known: [{ path, rows }] });

  it.each<[what: string, now: Columns, rest: Partial<DataCheckRequest>, codes: unknown[]]>([
    ["one column jumps in a file of another folder", jumped, known("old/1.csv"), [["lone-jump", "a"]]],
    ["… of another format", jumped, known("data/1.parquet"), [["lone-jump", "a"]]],
    ["… with another column", { ...jumped, extra: plain["a"]! }, known("data/1.csv"), [["lone-jump", "a"]]],
    ["… made as the others", jumped, known("data/1.csv"), []],
    ["… only zipped", jumped, known("data/1.csv.gz"), []],
    [
      "two jump, so the world may have changed",
      { ...jumped, d: repeat(rows, (i) => uniform(i) - 4.4) },
      known("old/1.csv"),
      [],
    ],
    ["nothing jumps", plain, known("old/1.csv"), []],
  ])("%s", (_what, now, rest, codes) => {
    expect(found(now, rest)).toEqual(codes);
  });

  it.each<[what: string, before: Values, now: Values, target: string[], codes: unknown[]]>([
    ["all labels are no", repeat(rows, (i) => Number(i % 4 === 0)), repeat(60, () => 0), ["y"], [["one-label", "y"]]],
    ["all texts alike", repeat(rows, (i) => cities[i % 3]!), repeat(60, () => "Rome"), ["y"], [["one-label", "y"]]],
    ["… of a feature", repeat(rows, (i) => Number(i % 4 === 0)), repeat(60, () => 0), [], []],
    ["… which may be chance", repeat(rows, (i) => Number(i % 40 === 0)), repeat(60, () => 0), ["y"], []],
    ["… of a few", repeat(rows, (i) => i % 2), repeat(29, () => 0), ["y"], []],
    ["… as ever", repeat(rows, () => 0), repeat(60, () => 0), ["y"], []],
  ])("%s", (_what, before, now, target, codes) => {
    expect(found({ y: now }, { target }, { y: before })).toEqual(codes);
  });
});

describe("what a finding counts", () => {
  it.each<[code: string, before: Values, now: Values, count: number, examples: string[] | undefined]>([
    ["null-jump", repeat(500, (i) => i % 9), repeat(300, (i) => (i < 90 ? null : i % 9)), 90, undefined],
    ["all-null", repeat(500, (i) => i % 9), repeat(300, () => null), 300, undefined],
    ["constant-collapse", repeat(500, (i) => i % 9), repeat(300, () => 5), 300, ["5"]],
    [
      "string-mismatch",
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => (i < 30 ? "ROME" : cities[i % 3]!)),
      30,
      ['"ROME"'],
    ],
    [
      "unseen-categories",
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => (i < 100 ? `x${i % 5}` : cities[i % 3]!)),
      100,
      ['"x0"', '"x1"', '"x2"'],
    ],
    [
      "sentinel-spike",
      repeat(500, (i) => 20 + (i % 9)),
      repeat(300, (i) => (i < 60 ? -999 : 20 + (i % 9))),
      60,
      ["-999"],
    ],
  ])("%s", (code, before, now, count, examples) => {
    const findings = checkData({
      ...anyTime,
      manifest: { checks: checksPolicy.parse({}) },
      rows: 800,
      newFiles: [{ path: "new.csv", profile: profileOf({ x: now }) }],
      reference: profileOf({ x: before }),
    });

    const found = findings.find((one) => one.code === code);
    expect(found).toMatchObject({ column: "x", count });
    expect(found!.examples).toEqual(examples);
  });
});

it("checkData never fails, whatever the columns", () => {
  const value = fc.option(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }), fc.constant(Infinity)));
  const side = fc.oneof(
    fc.array(value, { maxLength: 40 }),
    fc.array(fc.option(fc.constantFrom("a", "A ", "n/a", "b", "")), { maxLength: 40 }),
  );
  fc.assert(
    fc.property(side, side, side, fc.integer({ min: 0, max: 12 }), (a, b, c, times) => {
      const many = (values: Values) => Array.from({ length: times }, () => values).flat();
      const findings = checkData({
        time: "x",
        now: 0,
        rows: 1,
        manifest: { checks: checksPolicy.parse({ maxNullRate: 0.5, maxAgeDays: 1 }) },
        newFiles: [{ path: "b/new.jsonl", profile: profileOf({ x: many(b), y: b, z: many(c) }) }],
        reference: profileOf({ x: many(a), y: a, z: many(a) }),
        known: [{ path: "a/old.csv", rows: 1 }],
        target: ["y"],
      });

      for (const { message, hint, count = 0 } of findings) {
        expect(message).not.toMatch(/NaN|undefined/);
        expect(hint).not.toBe("");
        expect(count).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
