import { describe, expect, it } from "vitest";

import { checksPolicy } from "../spec/data-manifest.ts";
import { checkData } from "./check-data.ts";
import { profileOf, type Columns } from "./profile.fixture.ts";
import { repeatedFiles } from "./repeated-files.ts";

type Values = readonly (number | string | null)[];

const anyTime = { time: null, now: 0 };
const repeat = (count: number, value: (i: number) => number | string | null): Values =>
  Array.from({ length: count }, (_, i) => value(i));

/** Findings of a new file `new.csv` with column `x`, against what the champion saw of it. */
function check(before: Values | null, now: Values, checks: object = {}) {
  return checkData({
    ...anyTime,
    manifest: { checks: checksPolicy.parse(checks) },
    newFiles: [{ path: "new.csv", profile: profileOf({ x: now }) }],
    reference: before === null ? null : profileOf({ x: before }),
    rows: now.length + (before?.length ?? 0),
  });
}

const wave = (i: number) => 100 + 50 * Math.sin(i);
const cities = ["Bern", "Rome", "Paris"];

describe("a class that no row had before", () => {
  it.each<[target: string[], words: string]>([
    [
      ["x"],
      'has the label 9 in 20.0 % of the rows, which no row had before: a new class, or a value that stands for "none"',
    ],
    [[], "is 9 in 20.0 % of the rows; before, in 0.0 %"],
  ])("is told as an answer where the column is the target: %j", (target, words) => {
    const findings = checkData({
      ...anyTime,
      manifest: { checks: checksPolicy.parse({}) },
      newFiles: [{ path: "new.csv", profile: profileOf({ x: repeat(300, (i) => (i % 5 ? i % 2 : 9)) }) }],
      reference: profileOf({ x: repeat(500, (i) => i % 2) }),
      rows: 800,
      target,
    });

    expect(findings.map(({ message }) => message)).toEqual([`Column "x" of "new.csv" ${words}.`]);
  });
});

describe("checkData against the champion's data", () => {
  it.each<[what: string, before: Values, now: Values, codes: string[]]>([
    ["nothing moved", repeat(500, wave), repeat(300, (i) => wave(i + 7)), []],
    ["a moved mean is drift, no finding", repeat(500, wave), repeat(300, (i) => wave(i) + 80), []],
    ["40 % missing where none was", repeat(500, wave), repeat(300, (i) => (i % 5 < 2 ? null : wave(i))), ["null-jump"]],
    ["4 % missing where none was", repeat(500, wave), repeat(300, (i) => (i % 25 < 1 ? null : wave(i))), []],
    [
      "30 % missing where 20 % were",
      repeat(500, (i) => (i % 5 < 1 ? null : wave(i))),
      repeat(300, (i) => (i % 10 < 3 ? null : wave(i))),
      [],
    ],
    [
      "50 % missing where 20 % were",
      repeat(500, (i) => (i % 5 < 1 ? null : wave(i))),
      repeat(300, (i) => (i % 2 < 1 ? null : wave(i))),
      ["null-jump"],
    ],
    ["three of twenty rows missing", repeat(500, wave), repeat(20, (i) => (i < 3 ? null : wave(i))), []],
    ["all missing", repeat(500, wave), repeat(300, () => null), ["all-null"]],
    ["all missing, as ever", repeat(500, () => null), repeat(300, () => null), []],
    ["three rows, missing as often before", repeat(500, (i) => (i % 2 ? null : wave(i))), repeat(3, () => null), []],
    ["times 1,000", repeat(500, wave), repeat(300, (i) => 1000 * wave(i)), ["unit-change"]],
    ["by 1,000", repeat(500, wave), repeat(300, (i) => wave(i) / 1000), ["unit-change"]],
    ["times 4", repeat(500, wave), repeat(300, (i) => 4 * wave(i)), []],
    [
      "times 1,000 of mostly zeros",
      repeat(500, (i) => (i % 5 ? 0 : wave(i))),
      repeat(300, (i) => (i % 5 ? 0 : 1000 * wave(i))),
      ["unit-change"],
    ],
    [
      "median times 7, spread times 12",
      repeat(500, wave),
      repeat(300, (i) => 700 + 600 * Math.sin(i)),
      ["far-outside"],
    ],
    ["sign changed", repeat(500, wave), repeat(300, (i) => -10 * wave(i)), ["far-outside"]],
    ["sign changed at the same size", repeat(500, wave), repeat(300, (i) => -wave(i) / 2), []],
    ["median times 10, spread as before", repeat(500, wave), repeat(300, (i) => wave(i) + 900), ["far-outside"]],
    ["one value in all rows", repeat(500, wave), repeat(300, () => 100), ["constant-collapse"]],
    ["one new value above all others, as a year has", repeat(500, (i) => 1990 + (i % 10)), repeat(300, () => 2000), []],
    ["constant before and after", repeat(500, () => 5), repeat(300, () => 5), []],
    ["one category in all rows", repeat(500, (i) => cities[i % 3]!), repeat(300, () => "Rome"), ["constant-collapse"]],
    ["a fifth is 9999", repeat(500, wave), repeat(300, (i) => (i % 5 ? wave(i) : 9999)), ["sentinel-spike"]],
    [
      "a fifth is 4711, far from all",
      repeat(500, wave),
      repeat(300, (i) => (i % 5 ? wave(i) : 4711)),
      ["sentinel-spike"],
    ],
    ["counts that rose", repeat(500, (i) => i % 5), repeat(300, (i) => 3 + (i % 5)), []],
    ["a fifth is -1", repeat(500, wave), repeat(300, (i) => (i % 5 ? wave(i) : -1)), ["sentinel-spike"]],
    [
      "a fifth is N/A",
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => (i % 5 ? cities[i % 3]! : "N/A")),
      ["sentinel-spike"],
    ],
    [
      "zeros as often as before",
      repeat(500, (i) => (i % 5 ? wave(i) : 0)),
      repeat(300, (i) => (i % 5 ? wave(i) : 0)),
      [],
    ],
    [
      "other case",
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => cities[i % 3]!.toUpperCase()),
      ["string-mismatch"],
    ],
    [
      "blanks around",
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => (i % 10 ? "Bern" : " Rome ")),
      ["string-mismatch"],
    ],
    ["one typo in 300", repeat(500, (i) => cities[i % 3]!), repeat(300, (i) => (i ? cities[i % 3]! : "rome")), []],
    [
      "new categories in many rows",
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => (i % 2 ? "Oslo" : "Bern")),
      ["unseen-categories"],
    ],
    [
      "other names for the same shares",
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => ["BRN", "Rome", "PAR"][i % 3]!),
      ["relabelled"],
    ],
    [
      "new names in other shares",
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => (i % 10 ? "Oslo" : "Riga")),
      ["unseen-categories"],
    ],
    ["names that are new in every file", repeat(500, (i) => `n${i % 400}`), repeat(300, (i) => `m${i % 250}`), []],
    [
      "as many new names as were seen once",
      repeat(500, (i) => (i < 150 ? `n${i}` : "Bern")),
      repeat(300, (i) => (i < 80 ? `m${i}` : "Bern")),
      [],
    ],
    ["another constant text", repeat(500, () => "v1"), repeat(300, () => "v2"), ["constant-changed"]],
    ["a smaller constant", repeat(500, () => 5), repeat(300, () => 4), ["constant-changed"]],
    ["a larger constant, as a year", repeat(500, () => 2024), repeat(300, () => 2025), []],
    [
      "degrees Celsius in kelvin",
      repeat(500, (i) => 15 + 8 * Math.sin(i)),
      repeat(300, (i) => 288.15 + 8 * Math.sin(i)),
      ["unit-change"],
    ],
    [
      "Fahrenheit in degrees Celsius",
      repeat(500, (i) => 59 + 14.4 * Math.sin(i)),
      repeat(300, (i) => 15 + 8 * Math.sin(i)),
      ["unit-change"],
    ],
    ["30 degrees warmer", repeat(500, (i) => 15 + 8 * Math.sin(i)), repeat(300, (i) => 45 + 8 * Math.sin(i)), []],
  ])("%s", (_what, before, now, codes) => {
    const findings = check(before, now);

    expect(findings.map(({ code }) => code)).toEqual(codes);
    for (const found of findings) expect(found).toMatchObject({ severity: "suspect", file: "new.csv", column: "x" });
  });

  it("only tells a few new categories", () => {
    const findings = check(
      repeat(500, (i) => cities[i % 3]!),
      repeat(300, (i) => (i % 50 ? cities[i % 3]! : "Oslo")),
    );

    expect(findings).toMatchObject([{ code: "new-category", severity: "warning", column: "x" }]);
    expect(findings[0]!.message).toContain('2.0 % of its values, such as "Oslo"');
  });

  it("tells new categories in the first file that has them", () => {
    const file = (path: string) => ({
      path,
      profile: profileOf({ x: repeat(300, (i) => (i % 2 ? "Oslo" : "Bern")) }),
    });

    const findings = checkData({
      ...anyTime,
      manifest: { checks: checksPolicy.parse({}) },
      rows: 1100,
      reference: profileOf({ x: repeat(500, (i) => cities[i % 3]!) }),
      newFiles: [file("1.csv"), file("2.csv")],
    });

    expect(findings).toMatchObject([{ code: "unseen-categories", file: "1.csv" }]);
  });

  it.each<[what: string, x: (i: number) => number | string, y: (i: number) => number | string, codes: string[]]>([
    ["numbers exchanged", (i) => 100 + (i % 50), wave, ["swapped-columns"]],
    [
      "one looks like the other, which looks like neither",
      (i) => 100 + (i % 50),
      (i) => 900 + (i % 7),
      ["far-outside"],
    ],
    ["numbers where they were", wave, (i) => 100 + (i % 50), []],
    ["texts exchanged", (i) => (i % 4 ? "red" : "blue"), (i) => (i % 4 ? "blue" : "red"), ["swapped-columns"]],
  ])("%s", (_what, x, y, codes) => {
    const isText = typeof x(0) === "string";
    const before = isText
      ? { x: repeat(600, (i) => (i % 4 ? "blue" : "red")), y: repeat(600, (i) => (i % 4 ? "red" : "blue")) }
      : { x: repeat(600, wave), y: repeat(600, (i) => 100 + (i % 50)) };

    const findings = checkData({
      ...anyTime,
      manifest: { checks: checksPolicy.parse({}) },
      rows: 900,
      reference: profileOf(before),
      newFiles: [{ path: "new.csv", profile: profileOf({ x: repeat(300, x), y: repeat(300, y) }) }],
    });

    expect(findings.map(({ code }) => code)).toEqual(codes);
  });

  it("lets a person accept a suspect of that column and code", () => {
    const accept = [
      { column: "x", finding: "unit-change", reason: "metres now" },
      { column: "y", finding: "sentinel-spike", reason: "another column" },
    ];

    const [found, ...others] = check(
      repeat(500, wave),
      repeat(300, (i) => 1000 * wave(i)),
      { accept },
    );

    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: "unit-change", severity: "warning", accepted: { reason: "metres now" } });
  });

  it("says nothing of values in a profile that has none", () => {
    const bare = (nulls: number) => ({
      format: 1 as const,
      rows: 300,
      columns: [{ name: "x", type: "string" as const, rows: 300, nulls }],
    });

    const request = { ...anyTime, manifest: { checks: checksPolicy.parse({}) }, rows: 600, reference: bare(0) };

    expect(checkData({ ...request, newFiles: [{ path: "new.csv", profile: bare(1) }] })).toEqual([]);
    expect(checkData({ ...request, newFiles: [{ path: "new.csv", profile: bare(150) }] })).toMatchObject([
      { code: "null-jump" },
    ]);
  });

  it("quotes hostile text", () => {
    const request = { ...anyTime, manifest: { checks: checksPolicy.parse({}) }, rows: 800 };
    const name = "x\u001B[31m\n| injected |";
    const columns = (value: (i: number) => string): Columns => ({ [name]: repeat(400, value) });

    const findings = checkData({
      ...request,
      reference: profileOf(columns((i) => cities[i % 3]!)),
      newFiles: [{ path: "new\n.csv", profile: profileOf(columns((i) => cities[i % 3]!.toUpperCase())) }],
    });

    expect(findings).toHaveLength(1);
    for (const letter of ["\n", "\u001B"]) expect(findings[0]!.message).not.toContain(letter);
  });
});

describe("checkData by time", () => {
  const DAY = 86_400_000;
  const now = Date.UTC(2026, 10, 23);
  const dated = (at: number) => {
    const profile = profileOf({ t: repeat(100, (i) => at - i) });
    return { ...profile, columns: profile.columns.map((column) => ({ ...column, type: "datetime" as const })) };
  };
  const checkAt = (at: number, checks: object = {}, time: string | null = "t") =>
    checkData({
      manifest: { checks: checksPolicy.parse(checks) },
      time,
      now,
      rows: 200,
      reference: dated(now - 30 * DAY),
      newFiles: [{ path: "new.csv", profile: dated(at) }],
    });

  it.each<[what: string, codes: string[], findings: ReturnType<typeof checkAt>]>([
    ["today", [], checkAt(now, { maxAgeDays: 2 })],
    ["tomorrow, as it is elsewhere", [], checkAt(now + DAY)],
    ["the day after", ["future-time"], checkAt(now + DAY + 1)],
    ["the day after in a column that is not the time", [], checkAt(now + 3 * DAY, {}, "u")],
    ["out of range", ["future-time"], checkAt(1e300)],
    ["as old as allowed", [], checkAt(now - 2 * DAY, { maxAgeDays: 2 })],
    ["too old", ["stale-data"], checkAt(now - 3 * DAY, { maxAgeDays: 2 })],
    ["too old, and nothing said", [], checkAt(now - 3 * DAY)],
    ["not known", ["age-unknown"], checkAt(now, { maxAgeDays: 2 }, null)],
  ])("%s", (_what, codes, findings) => {
    expect(findings.map(({ code }) => code)).toEqual(codes);
  });
});

describe("repeatedFiles", () => {
  const file = (path: string, sha256: string) => ({ path, sha256 });

  it.each<[what: string, known: string[], repeated: string[]]>([
    ["all are new", [], ["b.csv", "d.csv"]],
    ["the later one is known", ["b.csv"], ["a.csv", "d.csv"]],
    ["both were judged", ["a.csv", "b.csv"], ["d.csv"]],
  ])("names the copies when %s", (_what, known, repeated) => {
    const files = [file("a.csv", "1"), file("b.csv", "1"), file("c.csv", "2"), file("d.csv", "2")];

    const findings = repeatedFiles(files, new Set(known));

    expect(findings.map((found) => found.file)).toEqual(repeated);
    for (const found of findings) expect(found).toMatchObject({ code: "repeated-file", severity: "error" });
  });
});

describe("checkData by what is declared", () => {
  it.each<[what: string, now: Values, checks: object, codes: string[]]>([
    ["rows enough", repeat(10, wave), { minRows: 10 }, []],
    ["a row too few", repeat(9, wave), { minRows: 10 }, ["too-few-rows"]],
    ["missing values at the limit", repeat(10, (i) => (i < 5 ? null : 1)), { maxNullRate: 0.5 }, []],
    ["missing values above it", repeat(10, (i) => (i < 6 ? null : 1)), { maxNullRate: 0.5 }, ["null-rate"]],
    ["no rows at all", [], { maxNullRate: 0, minRows: 0 }, []],
  ])("%s", (_what, now, checks, codes) => {
    expect(check(null, now, checks).map(({ code }) => code)).toEqual(codes);
  });

  it("holds the rate over all files too, also of columns that a file lacks", () => {
    const files = [profileOf({ a: repeat(60, wave) }), profileOf({ a: repeat(40, wave), b: repeat(40, wave) })];

    const findings = checkData({
      ...anyTime,
      manifest: { checks: checksPolicy.parse({ maxNullRate: 0.5 }) },
      newFiles: files.map((profile, i) => ({ path: `${i}.csv`, profile })),
      reference: null,
      rows: 100,
    });

    expect(findings).toMatchObject([{ code: "null-rate", file: null, column: "b" }]);
  });

  it.each<[rows: number, codes: string[]]>([
    [49, ["row-count"]],
    [50, []],
    [200, []],
    [201, ["row-count"]],
  ])("%d rows where 100 are usual", (rows, codes) => {
    const findings = checkData({
      ...anyTime,
      manifest: { checks: checksPolicy.parse({}) },
      newFiles: [{ path: "new.csv", profile: profileOf({ x: repeat(rows, wave) }) }],
      reference: null,
      rows,
      known: [5000, 5000, 5000, 5000, 90, 100, 2000, 99, 101, 98, 100].map((count, i) => ({
        path: `${i}.csv`,
        rows: count,
      })),
    });

    expect(findings.map(({ code }) => code)).toEqual(codes);
    for (const found of findings) expect(found.severity).toBe("warning");
  });
});
