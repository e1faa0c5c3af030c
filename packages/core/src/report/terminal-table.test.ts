import { describe, expect, it } from "vitest";
import { columns, terminalTable, type TableColumn } from "./terminal-table.ts";

const heads: readonly TableColumn[] = [
  { title: "model" },
  { title: "rows", align: "right" },
  { title: "note", spare: 2 },
  { title: "commit", spare: 1 },
];
const rows = [
  ["churn", "7", "first of all", "fb4f4199ed"],
  ["apps/shop/fraud", "1202", "", "cffa377b1d"],
];

describe("a table for a terminal", () => {
  it.each<[why: string, width: number | null, hidden: string[], lines: string[]]>([
    [
      "where nothing limits it",
      null,
      [],
      [
        "model            rows  note          commit",
        "churn               7  first of all  fb4f4199ed",
        "apps/shop/fraud  1202                cffa377b1d",
      ],
    ],
    [
      "without what can be spared most",
      46,
      ["note"],
      ["model            rows  commit", "churn               7  fb4f4199ed", "apps/shop/fraud  1202  cffa377b1d"],
    ],
    [
      "without all that can be spared",
      22,
      ["note", "commit"],
      ["model            rows", "churn               7", "apps/shop/fraud  1202"],
    ],
    ["cut at last", 16, ["note", "commit"], ["model       rows", "churn          7", "apps/shop…  1202"]],
  ])("%s", (_why, width, hidden, lines) => {
    const table = terminalTable(heads, rows, width);

    expect(table).toEqual({ hidden, lines });
    if (width !== null) for (const line of table.lines) expect(line.length).toBeLessThanOrEqual(width);
  });

  it("pads no row to a cell of which one row is very long, and cuts nothing, where nothing limits it", () => {
    const long = "x".repeat(81);
    const { lines, hidden } = terminalTable(
      heads,
      [
        ["churn", "7", long, "a"],
        ["fraud", "12", "short", "b"],
      ],
      null,
    );

    expect(hidden).toEqual([]);
    expect(lines).toEqual(["model  rows  note   commit", `churn     7  ${long}  a`, "fraud    12  short  b"]);
    expect(
      columns([
        ["short", "a"],
        [long, "b"],
      ]),
    ).toEqual(["short  a", `${long}  b`]);
  });

  it("has no column that is empty in every row, and no titles without rows", () => {
    expect(terminalTable(heads, [["churn", "", "", ""]], null).lines).toEqual(["model", "churn"]);
    expect(terminalTable(heads, [], 80).lines).toEqual([]);
  });

  it("counts what characters take on a terminal, not how they are stored", () => {
    expect(
      columns([
        ["東京", "a"],
        ["🚀", "b"],
        ["e\u0301", "c"],
        ["abcd", "d"],
      ]),
    ).toEqual(["東京  a", "🚀    b", "e\u0301     c", "abcd  d"]);
  });
});
