import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { fruitless, type Fruitless } from "./fruitless.ts";
import { day, row } from "./ledger-rows.fixture.ts";

const look = (verdict: string, on: number) => row("look", on, { verdict });
const elsewhere = row("look", 9, { verdict: "hold", parent: "other" });

describe("fruitless", () => {
  it.each<[why: string, ledger: LedgerRow[], expected: Fruitless | null]>([
    ["nothing was judged", [], null],
    ["the only one was good enough", [look("promote", 1)], null],
    ["one failed", [look("hold", 1)], { count: 1, lastAt: day(1) }],
    ["undecided and blocked ones count", [look("inconclusive", 1), look("block", 2)], { count: 2, lastAt: day(2) }],
    [
      "those before a good one do not count",
      [look("hold", 1), look("promote", 2), look("hold", 3)],
      { count: 1, lastAt: day(3) },
    ],
    ["the newest was good enough", [look("hold", 1), look("promote", 2)], null],
    ["another champion's do not count", [look("hold", 1), elsewhere], { count: 1, lastAt: day(1) }],
    ["other rows do not count", [look("hold", 1), row("rejected", 2), row("drift", 3)], { count: 1, lastAt: day(1) }],
  ])("%s", (_why, ledger, expected) => {
    expect(fruitless(ledger, "champion")).toEqual(expected);
  });
});
