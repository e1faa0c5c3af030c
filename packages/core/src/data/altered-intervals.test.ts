import { describe, expect, it } from "vitest";
import { alteredIntervals } from "./altered-intervals.ts";

const day = (name: number, rows: string, rowHash: string, query = "q") => ({
  path: `postgres:orders/2026-01-${String(name).padStart(2, "0")}.parquet`,
  version: { rows, rowHash, query },
});
const built = [day(1, "3", "a"), day(2, "3", "b"), day(3, "3", "c"), { path: "data/a.csv" }];

describe("alteredIntervals", () => {
  it.each<[why: string, now: readonly ReturnType<typeof day>[], which: string | null]>([
    ["nothing changed", [day(1, "3", "a"), day(2, "3", "b"), day(3, "3", "c"), day(4, "1", "d")], null],
    ["a row is gone", [day(1, "2", "x"), day(2, "3", "b"), day(3, "3", "c")], "2026-01-01 (3 rows then, 2 now)"],
    ["a value", [day(1, "3", "x"), day(2, "3", "b"), day(3, "3", "c")], "2026-01-01 (as many rows, with other values)"],
    ["a day is gone", [day(1, "3", "a"), day(3, "3", "c")], "2026-01-02 (3 rows then, none now)"],
    ["the newest day waits for late rows again", [day(1, "3", "a"), day(2, "3", "b")], null],
    ["another query", [day(1, "9", "x", "r"), day(2, "9", "y", "r"), day(3, "9", "z", "r")], null],
    ["the source is not named any more", [], null],
  ])("%s", (_why, now, which) => {
    const found = alteredIntervals(built, now);

    expect(found.map(({ code, severity }) => [code, severity])).toEqual(
      which === null ? [] : [["past-altered", "warning"]],
    );
    if (which !== null) expect(found[0]!.message).toContain(`in intervals that were over: ${which}.`);
  });

  it("names the first five of many", () => {
    const many = Array.from({ length: 20 }, (_, i) => day(i + 1, "3", "a"));

    const [found] = alteredIntervals(
      many,
      many.map(({ path, version }) => ({ path, version: { ...version, rowHash: "b" } })),
    );

    expect(found).toMatchObject({ count: 20, file: "postgres:orders" });
    expect(found!.message).toMatch(/2026-01-05 \([^)]*\) and 15 more\.$/);
  });
});
