import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RetrainPolicy } from "../spec/model-spec.ts";
import { decideRetrain } from "./decide-retrain.ts";
import type { DecisionFacts } from "./decision-facts.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = 100 * DAY;

const policy: RetrainPolicy = {
  performanceMargin: 0.05,
  maxAgeDays: 30,
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
const open = { inputDigest: "new", outdated: false, heldByPerson: false };
const columns = [{ feature: "speed", psi: 0.4 }];
const decline = { metric: "rocAuc", before: 0.8, now: 0.6, rows: 500, upper: -0.1 } as const;
const drift = { level: 1.2, columns, classifier: null, earlier: [1.1], known: [], classifierKnown: false };
const tries = (count: number, hoursAgo: number) => ({ count, lastAt: now - hoursAgo * HOUR });
const few = { rows: 180, minRows: 200 };
const canary = { percent: 5, since: now - DAY, championMoved: false };
const refused = { by: "declined", at: now - DAY } as const;

describe("decideRetrain", () => {
  it.each<[why: string, seen: Partial<DecisionFacts>, retrain: boolean, because: string[], heldBack: string | null]>([
    ["nothing fired", {}, false, [], "nothing-due"],
    ["same inputs as the champion", { championInput: "new", newRows: 900 }, false, [], "unchanged"],
    [
      "a champion that was imported: nothing has been compared with it",
      { imported: true, settingsDigest: "other" },
      true,
      ["imported"],
      null,
    ],
    ["nothing since a candidate was", { imported: false, settingsDigest: "other" }, true, ["settings"], null],
    ["same inputs, even if forced", { championInput: "new", force: "please" }, false, [], "unchanged"],
    [
      "first model ever",
      { championInput: null, lastJudged: null, lastActedAt: null, judgedAt: [] },
      true,
      ["no-champion"],
      null,
    ],
    ["enough new rows", { newRows: 500 }, true, ["new-rows"], null],
    ["enough new rows while a canary runs", { newRows: 500, canary }, false, ["new-rows"], "canary-runs"],
    ["nothing while a canary runs", { canary }, false, [], "canary-runs"],
    ["a person's word while a canary runs", { canary, force: "please" }, true, ["forced"], null],
    [
      "a champion that moved while a canary runs",
      { canary, openProposal: { ...open, outdated: true } },
      false,
      [],
      "canary-runs",
    ],
    ["the champion's inputs while a canary runs", { canary, championInput: "new" }, false, [], "unchanged"],
    ["one row short", { newRows: 499 }, false, [], "nothing-due"],
    ["old enough", { lastJudged: { at: now - 30 * DAY, settingsDigest: "settings" } }, true, ["age"], null],
    ["drift", { drift }, true, ["drift"], null],
    ["drift for the first time", { drift: { ...drift, earlier: [] } }, false, [], "drift-unconfirmed"],
    ["drift that a candidate was judged for", { drift: { ...drift, known: ["speed"] } }, false, [], "drift-known"],
    ["a champion that became worse", { decline }, true, ["performance"], null],
    ["… within the margin", { decline: { ...decline, upper: -0.05 } }, false, [], "nothing-due"],
    ["… passes the cool-down", { decline, lastActedAt: now - HOUR }, true, ["performance"], null],
    ["… and the back-off", { decline, fruitless: tries(3, 1) }, true, ["performance"], null],
    ["… not the budget", { decline, judgedAt: [now - HOUR, now - HOUR] }, false, ["performance"], "budget"],
    ["little drift", { drift: { ...drift, level: 0.5 } }, false, [], "nothing-due"],
    ["other settings", { settingsDigest: "other" }, true, ["settings"], null],
    ["all that fired are told", { newRows: 900, drift }, true, ["new-rows", "drift"], null],
    ["too few rows to judge a refresh", { newRows: 900, tooFewUnseen: few }, false, ["new-rows"], "few-rows"],
    ["… nothing fired anyway", { tooFewUnseen: few }, false, [], "nothing-due"],
    [
      "… a change is judged on rows that are known",
      { settingsDigest: "o", tooFewUnseen: few },
      true,
      ["settings"],
      null,
    ],
    ["… and so is another bar", { policyChanged: true, tooFewUnseen: few }, true, ["policy"], null],
    ["… a person may look all the same", { force: "look", tooFewUnseen: few }, true, ["forced"], null],
    ["cool-down holds back", { newRows: 900, lastActedAt: now - 23 * HOUR }, false, ["new-rows"], "cooldown"],
    ["cool-down ends on the hour", { newRows: 900, lastActedAt: now - 24 * HOUR }, true, ["new-rows"], null],
    ["a person passes the cool-down", { force: "fix", lastActedAt: now - HOUR }, true, ["forced"], null],
    ["budget is used up", { newRows: 900, judgedAt: [now - DAY, now - 2 * DAY] }, false, ["new-rows"], "budget"],
    ["budget frees after a week", { newRows: 900, judgedAt: [now - DAY, now - 7 * DAY] }, true, ["new-rows"], null],
    [
      "the day's budget is used up",
      { newRows: 900, judgedAt: [now - 2 * HOUR, now - HOUR] },
      false,
      ["new-rows"],
      "budget",
    ],
    ["back-off after a fruitless candidate", { newRows: 900, fruitless: tries(1, 23) }, false, ["new-rows"], "backoff"],
    ["back-off ends on the hour", { newRows: 900, fruitless: tries(1, 24) }, true, ["new-rows"], null],
    ["it doubles", { newRows: 900, fruitless: tries(3, 95) }, false, ["new-rows"], "backoff"],
    ["and ends", { newRows: 900, fruitless: tries(3, 96) }, true, ["new-rows"], null],
    ["after 14 days at the latest", { newRows: 900, fruitless: tries(99, 14 * 24) }, true, ["new-rows"], null],
    ["twice the rows pass the back-off", { newRows: 1000, fruitless: tries(3, 1) }, true, ["new-rows"], null],
    ["other settings pass the back-off", { settingsDigest: "other", fruitless: tries(3, 1) }, true, ["settings"], null],
    ["a person passes the back-off", { force: "look", fruitless: tries(3, 1) }, true, ["forced"], null],
    ["refused inputs stay refused", { newRows: 900, refused }, false, ["new-rows"], "refused"],
    ["a person may try refused inputs", { refused, force: "again" }, true, ["forced"], null],
    ["a bar that changed since they failed it", { policyChanged: true }, true, ["policy"], null],
    ["… passes the back-off", { policyChanged: true, fruitless: tries(3, 1) }, true, ["policy"], null],
    ["… not the cool-down", { policyChanged: true, lastActedAt: now - HOUR }, false, ["policy"], "cooldown"],
    ["… nor a person's no", { policyChanged: true, refused }, false, ["policy"], "refused"],
    ["the proposal is open", { openProposal: open, newRows: 900 }, false, ["new-rows"], "proposal-open"],
    [
      "newer data replace an open proposal",
      { openProposal: { ...open, inputDigest: "older" }, newRows: 900 },
      true,
      ["new-rows"],
      null,
    ],
    [
      "a person's proposal is left alone",
      { openProposal: { ...open, inputDigest: "older", heldByPerson: true }, newRows: 900 },
      false,
      ["new-rows"],
      "held-by-person",
    ],
    ["the champion moved", { openProposal: { ...open, outdated: true } }, true, ["champion-moved"], null],
    [
      "… while the budget is used up",
      { openProposal: { ...open, outdated: true }, judgedAt: [now - HOUR, now - HOUR] },
      false,
      ["champion-moved"],
      "budget",
    ],
    [
      "… while a person has said no to what is here now",
      { openProposal: { ...open, inputDigest: "older", outdated: true }, refused, newRows: 900 },
      false,
      ["new-rows"],
      "refused",
    ],
    ["a half-made proposal is finished", { openProposal: open, unfinished: [] }, true, [], null],
    ["a run was cut short", { unfinished: [{ kind: "no-champion" }], lastActedAt: now }, true, ["no-champion"], null],
    [
      "what was cut short and refused stays so",
      { unfinished: [{ kind: "no-champion" }], refused },
      false,
      [],
      "refused",
    ],
  ])("%s", (_why, seen, retrain, because, heldBack) => {
    const decision = decideRetrain({ ...quiet, ...seen }, policy);

    expect(decision.retrain).toBe(retrain);
    expect(decision.reasons.map((reason) => reason.kind)).toEqual(because);
    expect(decision.heldBack?.kind ?? null).toBe(heldBack);
  });

  it("says when a held-back trigger may run", () => {
    const decision = decideRetrain({ ...quiet, newRows: 900, lastActedAt: now - 20 * HOUR }, policy);

    expect(decision.nextEligibleAt).toBe(now + 4 * HOUR);
    expect(
      decideRetrain({ ...quiet, newRows: 900, lastActedAt: now - 20 * HOUR, now: now + 4 * HOUR }, policy).retrain,
    ).toBe(true);
  });

  it.each<[what: string, lastActedAt: number, due: number]>([
    ["age will be reached", now - 10 * DAY, now + 20 * DAY],
    ["the cool-down after it is over", now + 20 * DAY, now + 21 * DAY],
  ])("says when %s, while nothing is due", (_what, lastActedAt, due) => {
    expect(decideRetrain({ ...quiet, lastActedAt }, policy).nextEligibleAt).toBe(due);
  });

  const observations = fc.record({
    newRows: fc.nat(2000),
    lastActedAt: fc.option(fc.integer({ min: now - 60 * DAY, max: now })),
    judgedAt: fc.array(fc.integer({ min: now - 20 * DAY, max: now }), { maxLength: 5 }),
    drift: fc.option(
      fc.record({
        level: fc.double({ min: 0, max: 3, noNaN: true }),
        columns: fc.constantFrom([], columns),
        earlier: fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 4 }),
        known: fc.constantFrom([], ["speed"]),
        classifier: fc.constantFrom(null, { auc: 0.7, features: ["speed"] }),
        classifierKnown: fc.boolean(),
      }),
    ),
    fruitless: fc.option(fc.record({ count: fc.nat(6), lastAt: fc.integer({ min: now - 20 * DAY, max: now }) })),
    refused: fc.constantFrom(null, refused),
    policyChanged: fc.boolean(),
    openProposal: fc.constantFrom(null, open, { ...open, inputDigest: "older" }),
    championInput: fc.constantFrom(null, "old", "new"),
  });

  it("never retrains inside the cool-down or above the budget unless asked to or finishing", () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const decision = decideRetrain({ ...quiet, ...seen }, policy);
        const inCooldown = seen.lastActedAt !== null && now - seen.lastActedAt < policy.cooldownHours * HOUR;
        const inWeek = seen.judgedAt.filter((at) => now - at < 7 * DAY).length;

        if (inCooldown || inWeek >= policy.maxPerWeek) expect(decision.retrain).toBe(false);
        expect(decision.heldBack === null).toBe(decision.retrain);
      }),
    );
  });

  it("retrains at the time it named, if nothing else happens", () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const { nextEligibleAt } = decideRetrain({ ...quiet, ...seen }, policy);

        if (nextEligibleAt === null) return;
        const then = { ...quiet, ...seen, now: nextEligibleAt };
        expect(nextEligibleAt).toBeGreaterThan(now);
        expect(decideRetrain(then, policy).retrain).toBe(true);
        expect(decideRetrain(then, policy)).toEqual(decideRetrain(then, policy));
        expect(decideRetrain({ ...then, now: nextEligibleAt - 1 }, policy).retrain).toBe(false);
      }),
    );
  });

  it("never judges more candidates than the budgets allow, however long it runs", () => {
    const night = fc.record({ hours: fc.integer({ min: 1, max: 30 }), newRows: fc.nat(3000), good: fc.boolean() });
    const limits: RetrainPolicy = { ...policy, cooldownHours: 1, maxPerDay: 2, maxPerWeek: 5 };
    fc.assert(
      fc.property(fc.array(night, { maxLength: 80 }), (nights) => {
        const judgedAt: number[] = [];
        let [time, count] = [now, 0];
        for (const { hours, newRows, good } of nights) {
          time += hours * HOUR;
          const fruitless = { count, lastAt: judgedAt.at(-1) ?? 0 };
          if (!decideRetrain({ ...quiet, now: time, newRows, judgedAt, fruitless }, limits).retrain) continue;
          judgedAt.push(time);
          count = good ? 0 : count + 1;
        }

        const within = (at: number, span: number) => judgedAt.filter((t) => t > at - span && t <= at).length;
        for (const at of judgedAt) {
          expect(within(at, DAY)).toBeLessThanOrEqual(2);
          expect(within(at, 7 * DAY)).toBeLessThanOrEqual(5);
        }
      }),
    );
  });

  it("a larger budget never turns a retrain into none", () => {
    fc.assert(
      fc.property(observations, fc.nat(5), (seen, more) => {
        const larger = { ...policy, maxPerDay: policy.maxPerDay + more, maxPerWeek: policy.maxPerWeek + more };

        if (decideRetrain({ ...quiet, ...seen }, policy).retrain) {
          expect(decideRetrain({ ...quiet, ...seen }, larger).retrain).toBe(true);
        }
      }),
    );
  });

  it("more new rows never turn a retrain into none", () => {
    fc.assert(
      fc.property(observations, fc.nat(5000), (seen, more) => {
        const before = decideRetrain({ ...quiet, ...seen }, policy);
        const after = decideRetrain({ ...quiet, ...seen, newRows: seen.newRows + more }, policy);

        if (before.retrain) expect(after.retrain).toBe(true);
      }),
    );
  });

  it("says whose no a person passes over", () => {
    const reasonOf = (change: Partial<DecisionFacts>) => decideRetrain({ ...quiet, ...change }, policy).reasons[0];

    expect(reasonOf({ refused, force: "again" })).toEqual({ kind: "forced", words: "again", despite: refused });
    expect(reasonOf({ force: "again" })).toEqual({ kind: "forced", words: "again" });
  });
});
