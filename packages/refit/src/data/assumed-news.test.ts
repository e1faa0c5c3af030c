import { describe, expect, it } from "vitest";
import type { FileNews } from "../products/row-news.ts";
import { fewestNew } from "./assumed-news.ts";

const file = (path: string, rows: number, more: Partial<FileNews> = {}): FileNews => ({
  path,
  sha256: path,
  rows,
  added: rows,
  corrected: 0,
  copied: 0,
  copiedFrom: null,
  only: null,
  ...more,
});
const gone = (path: string, rows: number) => ({ path, rows });
const added = (files: readonly FileNews[]) => files.map((each) => [each.path, each.added, each.assumed]);

describe("rows that cannot be compared", () => {
  it.each<
    [why: string, files: FileNews[], unread: ReturnType<typeof gone>[], later: [string, number][], found: object]
  >([
    ["are those that a file has more", [file("a", 90)], [gone("a", 60)], [], [["a", 30, "more"]]],
    ["are none where it has fewer", [file("a", 50)], [gone("a", 60)], [], [["a", 0, "more"]]],
    ["may have moved to another name", [file("b", 90)], [gone("a", 60)], [], [["b", 30, "more"]]],
    [
      "are in the file of their own name first",
      [file("b", 10), file("a", 40)],
      [gone("a", 45)],
      [],
      [
        ["b", 5, "more"],
        ["a", 0, "more"],
      ],
    ],
    ["are at least the later ones", [file("a", 60)], [gone("a", 60)], [["a", 12]], [["a", 12, "later"]]],
    ["or the others, where there are more", [file("a", 90)], [gone("a", 60)], [["a", 12]], [["a", 30, "more"]]],
    [
      "are not asked of a file that brings none",
      [file("a", 5, { added: 0 })],
      [gone("a", 60)],
      [],
      [["a", 0, undefined]],
    ],
  ])("%s", (_why, files, unread, later, found) => {
    const holding = new Set(files.map(({ path }) => path));
    expect(added(fewestNew(files, holding, unread, new Map(later)))).toEqual(found);
  });

  it("are as they were counted in files that cannot have rows of before", () => {
    expect(added(fewestNew([file("a", 90)], new Set(), [gone("b", 60)], new Map()))).toEqual([["a", 90, undefined]]);
  });
});
