import { describe, expect, it } from "vitest";
import { rowOf } from "./ledger-row.fixture.ts";
import type { LedgerRow, RowOf } from "./ledger-row.ts";
import { lookNumber } from "./look-number.ts";

const at = (day: string) => Date.parse(day);
const look = (inputDigest: string, window: RowOf<"look">["window"], number: number) =>
  rowOf("look", { inputDigest, window, look: number });
const january = { from: "2026-01-01", to: "2026-02-01", rows: 100 };
const now = (inputDigest: string, from: string, to: string) => ({
  inputDigest,
  parent: null,
  window: { from: at(from), to: at(to), rows: 100 },
});

describe("lookNumber", () => {
  it.each<[why: string, rows: LedgerRow[], from: string, to: string, unseen: number, expected: number]>([
    ["the first look", [], "2026-01-01", "2026-02-01", 0, 1],
    ["a second model on the same rows", [look("a", january, 1)], "2026-01-01", "2026-02-01", 0, 2],
    ["one week later most rows are the same", [look("a", january, 1)], "2026-01-08", "2026-02-08", 0, 2],
    ["a month later none is", [look("a", january, 1)], "2026-02-01", "2026-03-01", 0, 1],
    [
      "the same comparison again is the same look",
      [look("a", january, 1), look("n", january, 2)],
      "2026-01-01",
      "2026-02-01",
      0,
      2,
    ],
    [
      "a comparison that was judged by two sets of gates is one look",
      [look("a", january, 1), look("a", january, 1)],
      "2026-01-01",
      "2026-02-01",
      0,
      2,
    ],
    ["a lost ledger may have held looks", [], "2026-01-01", "2026-02-01", 3, 4],
  ])("%s", (_why, rows, from, to, unseen, expected) => {
    expect(lookNumber(rows, now("n", from, to), unseen)).toBe(expected);
  });

  it.each([
    ["most rows are old, though most of the time is new", 60, "2026-01-30", "2026-03-01", 2],
    ["half of the rows are new", 50, "2026-01-30", "2026-03-01", 1],
    ["most rows are new, though most of the time is old", 10, "2026-01-05", "2026-02-05", 1],
  ])("counts rows where it knows their instants: %s", (_why, old, from, to, expected) => {
    const instants = Float64Array.from({ length: 100 }, (_, row) => at(row < old ? "2026-01-31" : "2026-02-03"));

    expect(lookNumber([look("a", january, 1)], { ...now("n", from, to), instants })).toBe(expected);
  });

  it("counts rows on the first and the last instant of an earlier holdout", () => {
    const instants = Float64Array.of(at("2026-01-01"), at("2026-02-01"), at("2026-02-02"));

    expect(lookNumber([look("a", january, 1)], { ...now("n", "2026-01-01", "2026-02-02"), instants })).toBe(2);
  });

  it("counts a growing holdout by hash as new once its rows have doubled", () => {
    const rows = [look("a", { from: null, to: null, rows: 100 }, 1)];
    const window = (count: number) => ({
      inputDigest: "n",
      parent: null,
      window: { from: null, to: null, rows: count },
    });

    expect(lookNumber(rows, window(150))).toBe(2);
    expect(lookNumber(rows, window(200))).toBe(1);
  });
});
