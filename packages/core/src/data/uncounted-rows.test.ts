import { describe, expect, it } from "vitest";
import { uncountedRows } from "./uncounted-rows.ts";

const gone = { path: "data/a.csv", rows: 60, why: "untracked" } as const;
const messages = (news: Parameters<typeof uncountedRows>[0]) => uncountedRows(news).map(({ message }) => message);

describe("uncountedRows", () => {
  it("says nothing where all rows were compared", () => {
    expect(uncountedRows({ files: [{ path: "data/a.csv", rows: 90, added: 30 }], unread: [] })).toEqual([]);
  });

  it("says that new rows cannot be told, why, and what was assumed", () => {
    const files = [{ path: "data/a.csv", rows: 90, added: 30, assumed: "more" as const }];
    expect(messages({ files, unread: [gone] })).toEqual([
      'It is not known which rows of "data/a.csv" are new: the 60 earlier rows of "data/a.csv" cannot be read (git does not track it, and this machine has not kept it). Assumed to be new: 30 of 90 rows, as many as the file has more than before; all were checked, and corrected rows are not recognised.',
    ]);
  });

  it("names the rows that are later, and how many files there are", () => {
    const files = ["a", "b", "c"].map((path) => ({ path, rows: 10, added: 4, assumed: "later" as const }));
    const unread = ["a", "b"].map((path) => ({ path, rows: 10, why: "gone-from-place" as const }));
    expect(messages({ files, unread })).toEqual([
      'It is not known which rows of "a" and 2 more files are new: the 20 earlier rows of "a" and 1 more file cannot be read (its store does not provide the earlier version). Assumed to be new: 12 of 30 rows, those that are later than all earlier rows; all were checked, and corrected rows are not recognised.',
    ]);
  });

  it("says what is not known where no file may have the rows", () => {
    expect(messages({ files: [{ path: "b", rows: 5, added: 0 }], unread: [{ ...gone, why: "unknown" }] })).toEqual([
      'It is not known which rows are gone: the 60 earlier rows of "data/a.csv" cannot be read (the ledger does not say where they are).',
    ]);
  });
});
