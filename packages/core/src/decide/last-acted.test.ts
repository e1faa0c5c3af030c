import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { lastActedAt } from "./last-acted.ts";
import { day, row } from "./ledger-rows.fixture.ts";

describe("lastActedAt", () => {
  it.each<[why: string, ledger: LedgerRow[], rolledBack: number[], ledgerLost: boolean, expected: number | null]>([
    ["nothing was done", [], [], false, null],
    ["a proposal", [row("proposed", 3)], [], false, day(3)],
    ["a decline", [row("declined", 3)], [], false, day(3)],
    ["a rollback that the ledger remembers", [row("rolledBack", 3)], [], false, day(3)],
    ["a rollback that history shows", [], [4], false, day(4)],
    ["the newest of them", [row("proposed", 5), row("declined", 3)], [4], false, day(5)],
    [
      "what was judged and not shown leaves the reader in peace",
      [row("look", 3), row("rejected", 3), row("blocked", 3)],
      [],
      false,
      null,
    ],
    ["a lost ledger: every change of the folder counts", [], [4], true, day(8)],
    ["… and not while the ledger is there", [row("proposed", 3)], [], false, day(3)],
  ])("%s", (_why, ledger, rolledBack, ledgerLost, expected) => {
    const history = {
      rolledBack: rolledBack.map((on) => ({ at: day(on) })),
      events: [{ commit: { committedAt: day(1) } }, { commit: { committedAt: day(8) } }],
    };

    expect(lastActedAt(ledger, history, ledgerLost)).toBe(expected);
  });

  it("is nothing before the first model went live", () => {
    expect(lastActedAt([row("declined", 3)], { rolledBack: [], events: [] }, false)).toBeNull();
  });
});
