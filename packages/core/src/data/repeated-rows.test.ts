import { describe, expect, it } from "vitest";
import { repeatedRows } from "./repeated-rows.ts";

const file = (rows: number, copied: number, copiedFrom: string | null = "a.csv") => ({
  path: "b.csv",
  rows,
  copied,
  copiedFrom,
});

describe("repeatedRows", () => {
  it.each<[why: string, file: ReturnType<typeof file>, code: string | null, message: string]>([
    ["no row is repeated", file(60, 0, null), null, ""],
    [
      "some rows are",
      file(600, 300),
      "rows-again",
      '300 of the 600 rows of "b.csv" are repeated, the first one from "a.csv"',
    ],
    ["rows of the file itself are", file(60, 9, "b.csv"), "rows-again", "the first one from the file itself"],
    ["all rows are", file(60, 60), "repeated-rows", 'All 60 rows of "b.csv" are repeated from "a.csv".'],
    ["all of a few rows are", file(29, 29), "rows-again", "29 of the 29 rows"],
  ])("%s", (_why, repeats, code, message) => {
    const found = repeatedRows([repeats]);
    expect(found.map((each) => each.code)).toEqual(code === null ? [] : [code]);
    expect(found[0]?.message ?? "").toContain(message);
  });

  it("blocks what brings nothing else, and nothing more", () => {
    expect(repeatedRows([file(60, 60), file(600, 300)]).map(({ severity }) => severity)).toEqual(["error", "warning"]);
  });
});
