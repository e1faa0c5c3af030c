import { describe, expect, it } from "vitest";
import { rowOf } from "../ledger/ledger-row.fixture.ts";
import type { LedgerKind } from "../ledger/ledger-row.ts";
import { mayMergeItself, type MergeFacts } from "./may-merge-itself.ts";

const row = (kind: LedgerKind, day: number, inputDigest = `inputs-${day}`) =>
  rowOf(kind, { inputDigest, at: new Date(Date.UTC(2026, 0, day)).toISOString() });

const facts: MergeFacts = {
  merge: "auto",
  verdict: "promote",
  comparison: "refresh",
  inputDigest: "new",
  ledger: [row("proposed", 1)],
  ledgerLost: false,
  championCollapsed: false,
  rolledBackAt: [],
};

describe("mayMergeItself", () => {
  it.each<[why: string, change: Partial<MergeFacts>, expected: boolean]>([
    ["the policy says so and the evidence is there", {}, true],
    ["other settings, proved better", { comparison: "change" }, true],
    ["the policy says review", { merge: "review" }, false],
    ["undecided", { verdict: "inconclusive" }, false],
    ["a first model has nobody to be better than", { comparison: "first-model" }, false],
    ["another question than the champion's", { comparison: "contract-change" }, false],
    ["the memory is lost", { ledgerLost: true }, false],
    ["labels that may be wrong", { championCollapsed: true }, false],
    ["the same after other settings", { championCollapsed: true, comparison: "change" }, false],
    ["just declined", { ledger: [row("proposed", 1), row("declined", 2)] }, false],
    ["just rolled back, by the ledger", { ledger: [row("proposed", 1), row("rolledBack", 2)] }, false],
    ["just rolled back, by history", { rolledBackAt: [Date.UTC(2026, 0, 2)] }, false],
    ["a person has seen one since", { ledger: [row("proposed", 1), row("declined", 2), row("proposed", 3)] }, true],
    [
      "this very proposal does not count",
      { ledger: [row("proposed", 1), row("declined", 2), row("proposed", 3, "new")] },
      false,
    ],
  ])("%s", (_why, change, expected) => {
    expect(mayMergeItself({ ...facts, ...change })).toBe(expected);
  });
});
