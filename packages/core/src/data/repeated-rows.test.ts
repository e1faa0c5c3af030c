import { describe, expect, it } from "vitest";

import { profileOf, type Columns } from "./profile.fixture.ts";
import type { ProfiledFile } from "./profile.ts";
import { repeatedRows } from "./repeated-rows.ts";

const uniform = (i: number) => (i * 0.618_033_988_749_895) % 1;
const rows = (count: number, from = 0): Columns => ({
  x: Array.from({ length: count }, (_, i) => 100 * uniform(from + i)),
  c: Array.from({ length: count }, (_, i) => "abc"[i % 3]!),
});
const reversed = (columns: Columns): Columns =>
  Object.fromEntries(
    Object.entries(columns)
      .toReversed()
      .map(([name, values]) => [name, [...values].reverse()]),
  );
const file = (columns: Columns, path = "new.csv") => ({ path, profile: profileOf(columns) });

describe("repeatedRows", () => {
  it.each<[what: string, now: Columns, other: Columns, found: number]>([
    ["the same rows", rows(60), rows(60), 1],
    ["in another order, of rows and columns", reversed(rows(60)), rows(60), 1],
    ["other rows", rows(60, 7), rows(60), 0],
    ["one row more", rows(61), rows(60), 0],
    ["too few rows", rows(29), rows(29), 0],
    ["values that are alike by chance", { c: rows(60)["c"]! }, { c: rows(60)["c"]! }, 0],
    ["another column besides", { ...rows(60), y: rows(60)["x"]! }, rows(60), 0],
  ])("%s", (_what, now, other, found) => {
    expect(repeatedRows([file(now)], [file({ z: [1] }, "z.csv"), file(other, "old.csv")])).toHaveLength(found);
    expect(repeatedRows([file({ z: [1] }, "z.csv"), file(other, "old.csv"), file(now)], [])).toHaveLength(found);
  });

  it("names the other file, and the column that could least be alike by chance", () => {
    expect(repeatedRows([file(rows(60))], [file(rows(60), "old.csv")])).toMatchObject([
      { code: "repeated-rows", file: "new.csv", column: "x", count: 60, message: expect.stringContaining("old.csv") },
    ]);
  });

  it("names the first of the new files before a known one, and no file twice", () => {
    const fresh = ["a.csv", "b.csv", "c.csv"].map((path) => file(rows(60), path));
    const named = (known: readonly string[]) =>
      repeatedRows(
        fresh,
        known.map((path) => file(rows(60), path)),
      ).map((found) => [found.file, /as "([^"]*)"/.exec(found.message)?.[1]]);
    expect(named([])).toEqual([
      ["b.csv", "a.csv"],
      ["c.csv", "a.csv"],
    ]);
    expect(named(["old.csv", "older.csv"])).toEqual([
      ["a.csv", "old.csv"],
      ["b.csv", "a.csv"],
      ["c.csv", "a.csv"],
    ]);
  });

  it("looks once at what each file holds, however many have as many rows", () => {
    let looks = 0;
    const files = Array.from({ length: 200 }, (_, i): ProfiledFile => {
      const { path, profile } = file({ x: rows(60, 1000 * i)["x"]! }, `${i}.csv`);
      const columns = profile.columns.map((column) => ({
        ...column,
        get nulls() {
          looks++;
          return 0;
        },
      }));
      return { path, profile: { ...profile, columns } };
    });
    expect(repeatedRows(files, [])).toEqual([]);
    expect(looks).toBeLessThanOrEqual(files.length);
  });
});
