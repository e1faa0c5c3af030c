import { describe, expect, it } from "vitest";
import type { ColumnInfo } from "../features/column-info.ts";
import { rawTexts, type RawColumn } from "./raw-texts.ts";

describe("rawTexts", () => {
  const column = (name: string, type: ColumnInfo["type"], more: Partial<RawColumn> = {}): RawColumn => ({
    name,
    type,
    mayLack: false,
    format: null,
    decimalChar: null,
    ownForm: false,
    missingValues: [],
    ...more,
  });
  const columns = [
    column("plan", "string"),
    column("hours", "number", { decimalChar: "," }),
    column("seats", "integer"),
    column("label", "string", { mayLack: true }),
  ];

  it("writes values as a file has them", () => {
    const rows = [
      { plan: "a\ud800b", hours: 1.5, seats: 7, x: 1 },
      { plan: null, hours: -0, seats: "1e3", label: "no", y: 2 },
      { plan: "", hours: 1e-7, seats: null },
    ];
    const told = rawTexts(columns, rows);

    expect(told.texts).toEqual([
      ["a\u{fffd}b", null, ""],
      ["1,5", "-0", "1e-7"],
      ["7", "1e3", null],
      [null, "no", null],
    ]);
    expect(told).toMatchObject({ rows: 3, problems: [], more: 0, ignored: { count: 2, names: ["x", "y"] } });
    const lists = { plan: ["a"], hours: [1], seats: [2], x: [3] };
    expect(rawTexts(columns, lists)).toMatchObject({
      rows: 1,
      texts: [["a"], ["1"], ["2"], [null]],
      ignored: { count: 1 },
    });
  });

  it("names what no file could hold, and what is not there", () => {
    const given = [
      { plan: 1, hours: [1], seats: 9007199254740993, label: true },
      { plann: "a", hours: "b\0", seats: {} },
    ];

    expect(rawTexts(columns, given).problems).toEqual([
      expect.objectContaining({ row: 0, column: "plan", expected: "a text or null", found: "a whole number" }),
      expect.objectContaining({ row: 1, column: "plan", found: null, nearest: "plann" }),
      expect.objectContaining({ row: 0, column: "hours", found: "a list" }),
      expect.objectContaining({ row: 1, column: "hours", found: "a text with a zero byte" }),
      expect.objectContaining({ row: 0, column: "seats", found: "a whole number" }),
      expect.objectContaining({ row: 1, column: "seats", found: "an object" }),
      expect.objectContaining({ row: 0, column: "label", found: "a boolean" }),
    ]);
    expect(rawTexts(columns, { other: [1, 2, 3] }).problems.map(({ row }) => row)).toEqual([0, 0, 0]);
  });
});
