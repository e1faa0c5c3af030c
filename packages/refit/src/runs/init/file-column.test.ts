import { describe, expect, it } from "vitest";
import type { ColumnText } from "../../ports/surveys.ts";
import type { DataNote } from "./data-note.ts";
import { declareColumns } from "./declare-columns.ts";
import type { ColumnFiles } from "./file-column.ts";

type Counts = Readonly<Record<string, number>>;

const told = (notes: readonly DataNote[]) =>
  notes.map(({ what, at, advice }) => `${what}${at === null ? "" : ` @${at.row}`}. ${advice}`);

/** Names of pictures, one in each row. */
const pictures = (count: number, first = 0): Counts =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`pictures/${first + i}.png`, 1]));

function declared(counts: Counts, found: { there: Counts; folder?: string } | null) {
  const texts = Object.entries(counts).map(([text, count], i): ColumnText => {
    return { text, count, file: "d.csv", row: i + 1 };
  });
  const files: ColumnFiles | null = found && {
    folder: found.folder ?? null,
    texts: new Set(Object.keys(found.there)),
  };
  const named = new Map(files === null ? [] : [["x", files]]);
  const { columns, missingValues, notes } = declareColumns([{ name: "x", type: "string", texts }], ",", named);
  return { column: columns[0], missingValues, notes: told(notes) };
}

describe("a column whose texts name files", () => {
  it("is one of files, which the first note says", () => {
    const counts = pictures(600);

    expect(declared(counts, { there: counts })).toEqual({
      column: { name: "x", type: "file" },
      missingValues: [""],
      notes: [
        'All 600 values of "x" name files, such as "pictures/0.png". It is declared with `type: file`: what a file holds is part of its row. If the path itself is meant, declare `type: string`.',
      ],
    });
  });

  it("says in which folder the paths begin, where it is not that of the data file", () => {
    const counts = pictures(3);

    const { column, notes } = declared(counts, { there: counts, folder: "media" });

    expect(column).toEqual({ name: "x", type: "file", folder: "media" });
    expect(notes[0]).toContain('It is declared with `type: file, folder: "media"`: what');
  });

  it("has no file where a word says so", () => {
    const { column, missingValues, notes } = declared({ ...pictures(9), NA: 2 }, { there: pictures(9) });

    expect(column).toEqual({ name: "x", type: "file" });
    expect(missingValues).toEqual(["", "NA"]);
    expect(notes[0]).toContain('"x" has paths of files, and 2 rows with "NA" @10. Such a row has no value there');
  });

  it("takes up to three texts that name nothing for rows without a file", () => {
    const { column, missingValues, notes } = declared(
      { ...pictures(598), "pictures/a.png": 1, gone: 1 },
      { there: pictures(598) },
    );

    expect(column).toEqual({ name: "x", type: "file" });
    expect(missingValues).toEqual(["", "pictures/a.png", "gone"]);
    expect(notes).toEqual([
      '598 of 600 values of "x" name files; the other 2 are "pictures/a.png", "gone" @599. It is declared with `type: file`: what a file holds is part of its row. Such a row has no file (`missingValues`); if that is wrong, put the files there and take their names out of that list.',
    ]);
  });

  it("does not hide more of them: a run names each", () => {
    const { column, missingValues, notes } = declared(pictures(600), { there: pictures(590) });

    expect(column).toEqual({ name: "x", type: "file" });
    expect(missingValues).toEqual([""]);
    expect(notes).toEqual([
      '590 of 600 values of "x" name files; the other 10 are "pictures/590.png", "pictures/591.png", "pictures/592.png" and 7 more @591. It is declared with `type: file`: what a file holds is part of its row. A run stops at files that are not there: add them, remove their rows, or declare `type: string`.',
    ]);
  });
});

describe("a column of which it is not known", () => {
  it("stays text where only some files are there, and says how to have it otherwise", () => {
    const { column, notes } = declared(pictures(600), { there: pictures(200), folder: "media" });

    expect(column).toEqual({ name: "x", type: "string" });
    expect(notes).toEqual([
      '200 of 600 values of "x" name files; the other 400 are "pictures/200.png", "pictures/201.png", "pictures/202.png" and 397 more @201. It is declared as text, from which no program can tell what the files hold. Once the others are there, declare `type: file, folder: "media"`.',
    ]);
  });

  it.each<[why: string, counts: Counts, note: RegExp | null]>([
    [
      "are not there",
      pictures(20),
      /^"x" holds names such as "pictures\/0\.png", and there are no such files.* It is declared as text\. .*`type: file, folder: FOLDER`/,
    ],
    ["are absolute", { "/home/me/a.jpg": 1, "/home/me/b.jpg": 1 }, /"\/home\/me\/a\.jpg" is absolute\./],
    ["have backslashes", { "img\\a.jpg": 1, "img\\b.jpg": 1 }, /contains a backslash/],
    ["are addresses", { "https://a.org/a.jpg": 1, "https://a.org/b.jpg": 1 }, /is an address/],
    ["are words", { "Mr. Smith": 3, "St. Paul": 2 }, null],
    ["are hosts", { "a.com": 3, "b.org": 2 }, null],
  ])("stays text where the names %s", (_why, counts, note) => {
    const { column, notes } = declared(counts, null);

    expect(column).toEqual({ name: "x", type: "string" });
    expect(notes.map((each) => note?.test(each))).toEqual(note === null ? [] : [true]);
  });
});
