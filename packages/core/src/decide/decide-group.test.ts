import { describe, expect, it } from "vitest";
import type { RetrainPolicy } from "../spec/model-spec.ts";
import { decideGroup, type GroupMember, judgeGroup, type MemberEnd } from "./decide-group.ts";
import { decideRetrain } from "./decide-retrain.ts";
import type { DecisionFacts } from "./decision-facts.ts";

const DAY = 86_400_000;
const now = 100 * DAY;
const policy: RetrainPolicy = {
  minNewRows: 500,
  drift: true,
  driftClassifier: false,
  cooldownHours: 24,
  maxPerDay: 2,
  maxPerWeek: 2,
};
const quiet: DecisionFacts = {
  now,
  championInput: "old",
  inputDigest: "new",
  settingsDigest: "settings",
  lastJudged: { at: now - 10 * DAY, settingsDigest: "settings" },
  newRows: 10,
  tooFewUnseen: null,
  drift: null,
  decline: null,
  fruitless: null,
  lastActedAt: now - 10 * DAY,
  judgedAt: [now - 10 * DAY],
  refused: null,
  policyChanged: false,
  openProposal: null,
  heldBranch: null,
  settingsChanged: null,
  unfinished: null,
  force: null,
};

function member(model: string, seen: Partial<DecisionFacts> | "blocked" | "failed"): GroupMember {
  if (typeof seen === "string") return { model, kind: seen };
  const facts = { ...quiet, ...seen };
  return { model, kind: "decided", facts, policy, decision: decideRetrain(facts, policy) };
}

/** `a` is due, since it has new rows; what becomes of it and of `b`: the kinds of their reasons, or why they are held back. */
function withDue(b: Parameters<typeof member>[1], underReview = false) {
  const decisions = decideGroup("shop", [member("a", { newRows: 900 }), member("b", b)], underReview);
  const told = ["a", "b"].map((model) => {
    const decision = decisions.get(model);
    return decision && (decision.retrain ? decision.reasons.map(({ kind }) => kind).join(" ") : decision.heldBack);
  });
  return told;
}

const heldBy = (why: string) => ({ kind: "group-held", group: "shop", by: "b", why });
const refusedBy = (by: "declined" | "rejected" | "rolledBack") => ({ refused: { by, at: now - 5 * DAY } });
const acted = { lastActedAt: now - 1000, judgedAt: [now - 1000, now - 2000] };
const open = { inputDigest: "new", outdated: false, heldByPerson: false };

describe("a group of models of which one is due", () => {
  it.each<[why: string, b: Partial<DecisionFacts>, reasons: string]>([
    ["nothing fired", {}, "group"],
    ["is due as well", { newRows: 600 }, "new-rows"],
    ["waits for its cool-down and its budget", { ...acted, newRows: 600 }, "group new-rows"],
    ["has not been proposed with the newest data of the other", { openProposal: open }, "group"],
    ["a person has declined what it was proposed with", refusedBy("declined"), "group"],
    ["the champion has moved under its proposal", { openProposal: { ...open, outdated: true } }, "champion-moved"],
  ])("judges the other: %s", (_why, b, reasons) => {
    expect(withDue(b)).toEqual(["new-rows", reasons]);
  });

  it("leaves one as it is whose inputs are those of its champion", () => {
    expect(withDue({ championInput: "new" })).toEqual(["new-rows", { kind: "unchanged" }]);
  });

  it.each<[why: string, b: Parameters<typeof member>[1], heldBack: string | undefined, word: string]>([
    ["whose data are refused", "blocked", undefined, "blocked"],
    ["that cannot be read", "failed", undefined, "failed"],
    ["that a gate has rejected", refusedBy("rejected"), "refused", "held-back"],
    ["that a person has rolled back", refusedBy("rolledBack"), "refused", "held-back"],
    ["with too few new rows to be judged", { tooFewUnseen: { rows: 9, minRows: 200 } }, "few-rows", "held-back"],
    ["with somebody else's commit on the branch", { heldBranch: "refit-group--shop" }, "branch-held", "held-back"],
  ])("is held by one %s", (_why, b, heldBack, word) => {
    const [a, other] = withDue(b);

    expect(a).toEqual(heldBy(word));
    expect((other as { kind: string } | undefined)?.kind).toBe(heldBack);
  });

  it("is left alone while a person reviews its proposal, also by one that has no part in that", () => {
    expect(withDue({}, true)).toEqual([{ kind: "held-by-person" }, { kind: "nothing-due" }]);
  });
});

it("leaves a group alone in which none is due", () => {
  const members = [member("a", {}), member("b", "blocked"), member("c", { championInput: "new" })];

  const decisions = decideGroup("shop", members, false);

  expect([...decisions].map(([model, { heldBack }]) => [model, heldBack?.kind])).toEqual([
    ["a", "nothing-due"],
    ["c", "unchanged"],
  ]);
});

it.each<[ends: MemberEnd["end"][], verdict: object]>([
  [["promote", "promote"], { kind: "promote" }],
  [["promote", "inconclusive"], { kind: "inconclusive" }],
  [["inconclusive", "hold"], { kind: "held", by: "m1", why: "rejected" }],
  [["block", "promote"], { kind: "held", by: "m0", why: "blocked" }],
  [["promote", "blocked"], { kind: "held", by: "m1", why: "blocked" }],
  [["promote", "failed", "hold"], { kind: "held", by: "m1", why: "failed" }],
  [["held-back", "promote"], { kind: "held", by: "m0", why: "held-back" }],
])("a group of %j is %j", (ends, verdict) => {
  expect(judgeGroup(ends.map((end, i) => ({ model: `m${i}`, end })))).toEqual(verdict);
});
