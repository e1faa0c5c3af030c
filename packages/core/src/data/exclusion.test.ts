import { describe, expect, it } from "vitest";
import { exclusionOf } from "./exclusion.ts";
import { finding } from "./finding-codes.ts";

const leak = (column: string | null) => finding("leak-suspect", { column }, "Said.");

describe("exclusionOf", () => {
  it.each<[columns: readonly string[], line: string]>([
    [["bwt"], "exclude: [bwt]"],
    [["bwt", "cost", "bwt"], "exclude: [bwt, cost]"],
    [["on", "größe", "two words"], 'exclude: ["on", "größe", "two words"]'],
    [["a]: {", "# no"], 'exclude: ["a]: {", "# no"]'],
    [["<img>`\n"], String.raw`exclude: ["\u003cimg\u003e\u0060\n"]`],
  ])("leaves out %j", (columns, line) => {
    expect(exclusionOf(columns.map((column) => leak(column)))).toBe(line);
  });

  it("leaves out no column because of anything else", () => {
    const others = [finding("unit-change", { column: "x" }, "Said."), finding("leak-hint", { column: "x" }, "Said.")];

    expect(exclusionOf([...others, leak(null)])).toBeNull();
  });
});
