import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { attempt, row } from "./ledger-rows.fixture.ts";
import type { Reason } from "./reason.ts";
import { unfinished } from "./unfinished.ts";

const reasons: Reason[] = [{ kind: "settings" }];
const proposed = row("proposed", 3, { reasons });
const shown = { inputDigest: "now", complete: true };

describe("unfinished", () => {
  it.each<
    [why: string, ledger: LedgerRow[], shown: { inputDigest: string | null; complete: boolean } | null, left: boolean]
  >([
    ["nothing was proposed", [], null, false],
    ["proposed, and people see nothing", [proposed], null, true],
    ["proposed, and people see a part", [proposed], { ...shown, complete: false }, true],
    ["proposed, and people see it as a whole", [proposed], shown, false],
    ["proposed, and people see an older one", [proposed], { ...shown, inputDigest: "older" }, true],
    ["proposed, and what people see is not valid", [proposed], { ...shown, inputDigest: null }, true],
    ["other inputs were proposed", [row("proposed", 3, { reasons, inputDigest: "other" })], null, false],
    [
      "other inputs were proposed since",
      [proposed, row("proposed", 4, { reasons, inputDigest: "other" })],
      null,
      false,
    ],
    ["proposed against another champion", [row("proposed", 3, { reasons, parent: "other" })], null, false],
    ["judged and never proposed", [row("rejected", 3, { reasons })], null, false],
  ])("%s", (_why, ledger, open, left) => {
    expect(unfinished(attempt, ledger, open)).toEqual(left ? reasons : null);
  });
});
