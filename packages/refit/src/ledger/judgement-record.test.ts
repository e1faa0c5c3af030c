import { ledgerKey, ledgerRow } from "@refit/core/history";
import { describe, expect, it } from "vitest";
import { judgementRows, type Judgement } from "./judgement-record.ts";

const judgement: Judgement = {
  facts: {
    model: "churn",
    at: "2026-06-03T00:00:00.000Z",
    inputDigest: "11".repeat(32),
    parent: "22".repeat(20),
    holdout: "33".repeat(32),
    settingsDigest: "44".repeat(32),
    files: [{ path: "data/1.csv", sha256: "55".repeat(32), rows: 100 }],
  },
  policyDigest: "66".repeat(32),
  look: { look: 2, alpha: 0.0076, driftLevel: 0.4, window: { from: null, to: null, rows: 100 } },
  verdict: "promote",
  reasons: [{ kind: "no-champion" }],
  force: null,
};

describe("judgementRows", () => {
  it.each<[verdict: Judgement["verdict"], kind: string, tellsPolicy: boolean]>([
    ["promote", "proposed", false],
    ["inconclusive", "proposed", false],
    ["hold", "rejected", true],
    ["block", "blocked", true],
  ])("remembers the look, and that %s ends as %s", (verdict, kind, tellsPolicy) => {
    const [look, ending, ...more] = judgementRows({ ...judgement, verdict });

    expect(look).toMatchObject({ kind: "look", verdict, look: 2, driftLevel: 0.4, policyDigest: "66".repeat(32) });
    expect(ending).toMatchObject({ kind, reasons: [{ kind: "no-champion" }] });
    expect("policyDigest" in ending!).toBe(tellsPolicy);
    expect(more).toEqual([]);
  });

  it("remembers a person's words", () => {
    expect(judgementRows({ ...judgement, force: "release" }).at(-1)).toMatchObject({
      kind: "forced",
      reason: "release",
    });
  });

  it("remembers a program that repeated itself before the look, so that the last row says how the run ended", () => {
    const rows = judgementRows({ ...judgement, verdict: "block", repeated: "77".repeat(32) });

    expect(rows.map(({ kind }) => kind)).toEqual(["repeated", "look", "blocked"]);
    expect(rows[0]).toMatchObject({ model: "churn", at: judgement.facts.at, program: "77".repeat(32) });
    expect(ledgerRow.parse(rows[0])).toEqual(rows[0]);
  });

  it("makes rows of different keys that the ledger's schema knows", () => {
    const rows = judgementRows({ ...judgement, verdict: "hold", force: "release" });

    expect(rows.map((row) => ledgerRow.parse(row))).toEqual(rows);
    expect(new Set(rows.map(ledgerKey)).size).toBe(3);
  });
});
