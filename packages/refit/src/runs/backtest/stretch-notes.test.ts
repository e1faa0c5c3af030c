import { describe, expect, it } from "vitest";
import { stretchNotes } from "./stretch-notes.ts";

type Line = Parameters<typeof stretchNotes>[1]["lines"][number];

function notesOf(measured: number, failures: number): readonly string[] {
  const line: Line = {
    id: "today",
    kind: "policy",
    name: "model.yaml",
    everyDays: null,
    metrics: {},
    retrains: 0,
    promotions: 0,
    refusals: 0,
    dataBlocks: 0,
    failures,
    against: {},
  };
  return stretchNotes(
    "rocAuc",
    { from: "", until: "", steps: 15, measured, lines: [line], bestCadence: null },
    (name) => `“${name}”`,
  );
}

describe("stretchNotes", () => {
  it("says nothing where every night was measured and none failed", () => {
    expect(notesOf(15, 0)).toEqual([]);
  });

  it("says how many nights count, and which line had nights that ended with an error", () => {
    expect(notesOf(12, 2)).toEqual([
      "rocAuc is measured on 12 of 15 nights, those on which every row of the table had a model.",
      "“model.yaml”: 2 of 15 nights ended with an error, which backtest.json names.",
    ]);
  });
});
