import { describe, expect, it } from "vitest";
import type { JudgedFile } from "./last-judged.ts";
import { newRows } from "./new-rows.ts";

const file = (path: string, sha256: string, rows: number): JudgedFile => ({ path, sha256, rows });
const january = file("january.csv", "a", 100);
const february = file("february.csv", "b", 80);

describe("newRows", () => {
  it.each<[why: string, now: JudgedFile[], then: JudgedFile[], rows: number]>([
    ["the same files", [january, february], [january, february], 0],
    ["a new file", [january, february], [january], 80],
    ["everything is new", [january, february], [], 180],
    ["a file that grew counts by how much", [file("january.csv", "a+", 130)], [january], 30],
    ["a file that was rewritten at the same size", [file("january.csv", "a'", 100)], [january], 0],
    ["a file that shrank takes nothing from another", [file("january.csv", "a-", 60), february], [january], 80],
    ["a file that only moved", [file("archive/january.csv", "a", 100)], [january], 0],
    ["a file that is gone", [january], [january, february], 0],
  ])("%s", (_why, now, then, rows) => {
    expect(newRows(now, then)).toBe(rows);
  });
});
