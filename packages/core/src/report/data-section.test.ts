import { describe, expect, it } from "vitest";
import { type DataFacts, dataSection } from "./data-section.ts";
import { terminalText } from "./terminal-text.ts";

const file = (path: string, added: number, corrected = 0, copied = 0) => ({
  path,
  rows: 600,
  added,
  corrected,
  copied,
});
const plain: DataFacts = {
  rows: 1200,
  files: 2,
  news: { files: [], lost: 0, changes: null },
  labels: ["y"],
  findings: [],
  drift: [],
  classifier: null,
};
const size = (news: DataFacts["news"], more: Partial<DataFacts> = {}) => {
  const [first] = dataSection({ ...plain, ...more, news }).body;
  return first?.kind === "paragraph" ? terminalText(first.text) : "";
};
const corrections = (...columns: [string, number][]) => ({
  columns: columns.map(([column, rows]) => ({ column, rows })),
  examples: [],
});

describe("how the data section counts rows", () => {
  it.each<[why: string, news: DataFacts["news"], words: string]>([
    ["nothing new", plain.news, "1200 rows in 2 files; no row is new since the champion."],
    [
      "all new",
      { ...plain.news, files: [file("a.csv", 600), file("b.csv", 600)] },
      "1200 rows in 2 files, all of them new.",
    ],
    [
      "new rows, labels corrected, rows gone",
      { files: [file("b.csv", 941, 12)], lost: 3, changes: corrections(["y", 12]) },
      '1200 rows in 2 files; 941 rows that are not in the champion\'s training data: "b.csv" (941); 12 labels corrected, 3 rows gone.',
    ],
    [
      "labels and other values",
      { files: [file("b.csv", 0, 14)], lost: 0, changes: corrections(["y", 1], ["x", 13]) },
      "1200 rows in 2 files; no row is new since the champion; 1 label corrected, 13 other rows corrected.",
    ],
    [
      "values that nobody could compare, and copies",
      { files: [file("b.csv", 0, 2, 300)], lost: 0, changes: null },
      "1200 rows in 2 files; no row is new since the champion; 2 rows corrected, 300 rows repeated.",
    ],
  ])("%s", (_why, news, words) => {
    expect(size(news)).toBe(words);
  });

  it("shows rows that changed, folded", () => {
    const examples = [
      { kind: "corrected", path: "a.csv", row: 7, values: [{ column: "y", was: "no", is: null }] },
      { kind: "added", path: "b.csv", row: 1, values: [{ column: "x", was: null, is: "2" }] },
    ] as const;
    const { body } = dataSection({
      ...plain,
      news: { files: [], lost: 0, changes: { columns: [{ column: "y", rows: 1 }], examples } },
    });
    const details = body.find(({ kind }) => kind === "details");
    const [corrected, table] = details?.kind === "details" ? details.blocks : [];
    expect(corrected?.kind === "paragraph" && terminalText(corrected.text)).toBe('Corrected: "y" in 1 row.');
    expect(table?.kind === "table" && table.rows.map((row) => row.map((cell) => terminalText(cell)))).toEqual([
      ["corrected", '"a.csv", row 7', '"y": "no" → missing'],
      ["new", '"b.csv", row 1', '"x" "2"'],
    ]);
  });
});
