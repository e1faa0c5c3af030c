import { describe, expect, it } from "vitest";
import type { RolledBack } from "../history/read-history.ts";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { attempt, day, row } from "./ledger-rows.fixture.ts";
import { refusal } from "./refusal.ts";

const lost = (verdict: string, policyDigest = "policy") => row("look", 3, { verdict, policyDigest });
const replaced = (inputDigest: string | null, on: number): RolledBack => ({
  version: {
    number: 2,
    treeId: "replaced",
    sha: "commit",
    committedAt: day(1),
    author: "Ada",
    subject: "churn v2",
    broken: null,
    parent: "first",
    inputDigest,
    newerFormat: null,
  },
  to: null,
  at: day(on),
});

describe("refusal", () => {
  it.each<[why: string, ledger: LedgerRow[], rolledBack: RolledBack[], refused: string | null]>([
    ["nobody said anything", [], [], null],
    ["a person declined it", [row("declined", 3)], [], "declined on day 3"],
    [
      "a person declined it, against another champion",
      [row("declined", 3, { parent: "other" })],
      [],
      "declined on day 3",
    ],
    ["a person declined other inputs", [row("declined", 3, { inputDigest: "other" })], [], null],
    ["a gate rejected it", [row("rejected", 3)], [], "rejected on day 3"],
    ["a gate rejected it, against another champion", [row("rejected", 3, { parent: "other" })], [], null],
    ["a gate rejected other inputs", [row("rejected", 3, { inputDigest: "other" })], [], null],
    ["a gate rejected it, by today's policy", [lost("hold"), row("rejected", 3)], [], "rejected on day 3"],
    ["a gate rejected it, by another policy", [lost("hold", "other"), row("rejected", 3)], [], null],
    [
      "a gate rejected it by another policy, and a person declined it",
      [lost("hold", "other"), row("rejected", 3), row("declined", 2)],
      [],
      "declined on day 2",
    ],
    ["it was live and rolled back", [], [replaced("now", 4)], "rolledBack on day 4"],
    ["another version was rolled back", [], [replaced("other", 4)], null],
    ["a version that says no inputs was rolled back", [], [replaced(null, 4)], null],
    ["it was rolled back once and came back since", [row("rolledBack", 3)], [], null],
    [
      "other things happened to it",
      [row("look", 3), row("proposed", 3), row("blocked", 3), row("forced", 3)],
      [],
      null,
    ],
    [
      "the newest no counts: declined",
      [row("declined", 5), row("rejected", 4)],
      [replaced("now", 3)],
      "declined on day 5",
    ],
    [
      "the newest no counts: rejected",
      [row("rejected", 5), row("declined", 4)],
      [replaced("now", 3)],
      "rejected on day 5",
    ],
    ["the newest no counts: rolled back", [row("declined", 4)], [replaced("now", 5)], "rolledBack on day 5"],
  ])("%s", (_why, ledger, rolledBack, refused) => {
    const no = refusal(attempt, ledger, { rolledBack });

    expect(no && `${no.by} on day ${new Date(no.at).getUTCDate()}`).toBe(refused);
  });

  it("is the stop of a canary of the same inputs, where that is the newest no", () => {
    const stopped = [replaced("other", 9), replaced("now", 5)];

    expect(refusal(attempt, [row("declined", 4)], { rolledBack: [], stopped })).toEqual({ by: "stopped", at: day(5) });
    expect(refusal(attempt, [row("declined", 6)], { rolledBack: [], stopped })).toEqual({ by: "declined", at: day(6) });
  });
});
