import type { ComparedLine, LineSummary } from "@refit/core/backtest";
import { describe, expect, it } from "vitest";
import { coarseComparison, comparisonOf } from "./comparison.ts";

function line(id: string, more: Partial<ComparedLine> = {}): ComparedLine {
  return {
    id,
    kind: "policy",
    name: `name of ${id}`,
    everyDays: null,
    metrics: { rocAuc: 0.75 },
    retrains: 4,
    promotions: 3,
    refusals: 1,
    dataBlocks: 2,
    failures: 0,
    against: {},
    ...more,
  };
}

const stretch = { from: "", until: "", nights: 15, measured: 15, lines: [line("today")], bestSchedule: null };
const result = { primary: "rocAuc", chosen: "today" } as const;
const quote = (name: string) => `“${name}”`;

describe("comparisonOf", () => {
  it("sets every line beside never and the best schedule, with intervals", () => {
    const against = { never: { mean: 0.1, low: 0.05, high: 0.15 }, "every-7": { mean: -0.01, low: -0.02, high: 0 } };
    const lines = [line("today", { against }), line("every-7", { name: "every 7 days" })];

    const { head, rows, notes } = comparisonOf(result, { ...stretch, lines, bestSchedule: "every-7" }, quote);

    expect(head).toEqual([
      "",
      "rocAuc",
      "over never (95 %)",
      "over every 7 days (95 %)",
      "retrains",
      "merged",
      "refused",
      "data blocks",
    ]);
    expect(rows).toEqual([
      {
        name: "name of today",
        isChosen: true,
        cells: ["0.7500", "0.1000 (0.0500 to 0.1500)", "-0.0100 (-0.0200 to 0.0000)", "4", "3", "1", "2"],
      },
      { name: "every 7 days", isChosen: false, cells: ["0.7500", "", "", "4", "3", "1", "2"] },
    ]);
    expect(notes).toEqual([]);
  });

  it("has no column for a schedule where none was measured, and no number where there is none", () => {
    const { head, rows } = comparisonOf(result, { ...stretch, lines: [line("today", { metrics: {} })] }, quote);

    expect(head).toHaveLength(7);
    expect(rows[0]!.cells).toEqual(["–", "", "4", "3", "1", "2"]);
  });

  it("says how many nights count, and which line had nights that ended with an error", () => {
    const { notes } = comparisonOf(
      result,
      { ...stretch, measured: 12, lines: [line("today", { failures: 2 })] },
      quote,
    );

    expect(notes).toEqual([
      "rocAuc is measured on 12 of 15 nights, those on which every row of the table had a model.",
      "“name of today”: 2 of 15 nights ended with an error, which backtest.json names.",
    ]);
  });
});

describe("coarseComparison", () => {
  const search = { everyDays: 28, planned: 12, nights: 12, lines: [line("a") as LineSummary], best: "all rows" };

  it("shows what was tried, and says what went on", () => {
    expect(coarseComparison({ ...result, search })).toEqual({
      head: ["", "rocAuc", "retrains", "merged", "refused", "data blocks"],
      rows: [{ name: "name of a", isChosen: false, cells: ["0.7500", "4", "3", "1", "2"] }],
      notes: [
        "12 of 12 nights, every 28 days, with a retrain on each. Went on to all nights: all rows, and what is close to it.",
      ],
    });
  });

  it("says nothing of a best one before all nights are done, and is not there without a search", () => {
    const partly = coarseComparison({ ...result, search: { ...search, nights: 3, best: null } });

    expect(partly?.notes).toEqual(["3 of 12 nights, every 28 days, with a retrain on each."]);
    expect(coarseComparison({ ...result, search: null })).toBeNull();
  });
});
