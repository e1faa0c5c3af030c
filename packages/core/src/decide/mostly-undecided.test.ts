import { describe, expect, it } from "vitest";
import { row } from "./ledger-rows.fixture.ts";
import { mostlyUndecided, type Undecided } from "./mostly-undecided.ts";

/** A look a day: p promoted, i inconclusive, h held; the holdout of the n-th has 100 + n rows. */
const looks = (verdicts: string) =>
  [...verdicts].map((letter, i) => {
    const verdict = { p: "promote", i: "inconclusive", h: "hold" }[letter]!;
    return row("look", i + 1, { verdict, window: { from: null, to: null, rows: 101 + i } });
  });

describe("mostlyUndecided", () => {
  it.each<[why: string, verdicts: string, told: Undecided | null]>([
    ["none was judged", "", null],
    ["two in a row may be chance", "pii", null],
    ["three of four", "piii", { undecided: 3, of: 4, rows: 104 }],
    ["half of them", "ppphiiii", null],
    ["more than half", "ppphiiiii", { undecided: 5, of: 9, rows: 109 }],
    ["only the newest ten count", "iiiiipppppppppp", null],
    ["as do those of an earlier champion", "iiiiiipiii", { undecided: 9, of: 10, rows: 110 }],
    ["a refusal is a decision", "hhhhhhh", null],
  ])("%s", (_why, verdicts, told) => {
    expect(mostlyUndecided(looks(verdicts))).toEqual(told);
  });

  it("counts candidates, not what else a ledger tells", () => {
    const drifts = Array.from({ length: 20 }, (_, i) => row("drift", i + 4));

    expect(mostlyUndecided([...looks("iii"), ...drifts])).toEqual({ undecided: 3, of: 3, rows: 103 });
  });
});
