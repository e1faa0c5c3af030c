import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { attempt, row } from "./ledger-rows.fixture.ts";
import { policyChanged } from "./policy-changed.ts";

const failed = { verdict: "hold", policyDigest: "other" };

describe("policyChanged", () => {
  it.each<[why: string, ledger: LedgerRow[], changed: boolean]>([
    ["never judged", [], false],
    ["failed a gate of another policy", [row("look", 3, failed)], true],
    ["blocked by another policy", [row("look", 3, { ...failed, verdict: "block" })], true],
    ["good enough for another policy", [row("look", 3, { ...failed, verdict: "promote" })], false],
    ["undecided by another policy", [row("look", 3, { ...failed, verdict: "inconclusive" })], false],
    ["failed a gate of today's policy", [row("look", 3, { ...failed, policyDigest: "policy" })], false],
    [
      "failed a policy that an older ledger does not name",
      [row("look", 3, { verdict: "hold", policyDigest: undefined })],
      false,
    ],
    ["other inputs failed", [row("look", 3, { ...failed, inputDigest: "other" })], false],
    ["failed against another champion", [row("look", 3, { ...failed, parent: "other" })], false],
    ["a row that is not a look", [row("rejected", 3, failed)], false],
    [
      "judged again by today's policy",
      [row("look", 3, failed), row("look", 4, { ...failed, policyDigest: "policy" })],
      false,
    ],
    [
      "judged again, and the policy changed after that",
      [row("look", 3, { ...failed, policyDigest: "policy" }), row("look", 4, failed)],
      true,
    ],
  ])("%s", (_why, ledger, changed) => {
    expect(policyChanged(attempt, ledger)).toBe(changed);
  });
});
