import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retrainPolicy, type RetrainPolicy } from "../spec/retrain-policy.ts";
import { decideRetrain, type RetrainDecision } from "./decide-retrain.ts";
import type { DecisionFacts } from "./decision-facts.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const policy: RetrainPolicy = retrainPolicy.parse({
  minNewRows: 500,
  maxAgeDays: 20,
  performanceMargin: 0.05,
  cooldownHours: 24,
  maxPerDay: 2,
  maxPerWeek: 5,
});

/** What happens between two runs, and how a candidate would fare if one were trained. */
const night = fc.record({
  hours: fc.integer({ min: 1, max: 40 }),
  newRows: fc.oneof({ weight: 4, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(900) }),
  level: fc.constantFrom(0.2, 0.8, 1.3),
  drifted: fc.constantFrom("speed", "size", "phase"),
  worse: fc.constantFrom(false, false, false, false, true),
  verdict: fc.constantFrom("promote", "promote", "inconclusive", "hold", "block"),
  person: fc.constantFrom(
    "waits",
    "waits",
    "merges",
    "declines",
    "rolls back",
    "changes the settings",
    "lowers the bar",
  ),
});
type Night = typeof night extends fc.Arbitrary<infer T> ? T : never;

interface Look {
  readonly at: number;
  readonly decision: RetrainDecision;
  readonly seen: DecisionFacts;
}

/** A world that keeps what the shell keeps, reduced to what the decision reads. */
function play(nights: readonly Night[]): Look[] {
  let [now, input, settings, bar] = [100 * DAY, 0, 0, 0];
  let champion: string | null = null;
  let open: { inputDigest: string; against: string | null } | null = null;
  let lastJudged: { at: number; settingsDigest: string } | null = null;
  let lastActedAt: number | null = null;
  let [rows, count, fruitlessAt] = [0, 0, 0];
  let [earlier, known]: [number[], string[]] = [[], []];
  const judgedAt: number[] = [];
  const refused = new Map<string, { by: "declined" | "rejected" | "rolledBack"; at: number; bar: number }>();
  const looks: Look[] = [];
  for (const tonight of nights) {
    now += tonight.hours * HOUR;
    if (tonight.newRows > 0) input++;
    rows += tonight.newRows;
    if (tonight.person === "changes the settings") settings++;
    if (tonight.person === "lowers the bar") bar++;
    if (tonight.person === "merges" && open !== null && open.against === champion) {
      [champion, open, count, earlier, known] = [open.inputDigest, null, 0, [], []];
    }
    if (tonight.person === "declines" && open !== null) {
      refused.set(open.inputDigest, { by: "declined", at: now, bar });
      [open, lastActedAt] = [null, now];
    }
    if (tonight.person === "rolls back" && champion !== null) {
      refused.set(champion, { by: "rolledBack", at: now, bar });
      [champion, lastActedAt, earlier, known] = [`restored ${now}`, now, [], []];
    }
    const digest = `${input} ${settings}`;
    const no = refused.get(digest);
    const otherBar = no?.by === "rejected" && no.bar !== bar;
    const seen: DecisionFacts = {
      now,
      championInput: champion,
      inputDigest: digest,
      settingsDigest: String(settings),
      lastJudged,
      newRows: rows,
      tooFewUnseen: null,
      drift:
        champion === null
          ? null
          : {
              level: tonight.level,
              columns: [{ feature: tonight.drifted, psi: 0.4 }],
              classifier: null,
              earlier,
              known,
              classifierKnown: false,
            },
      decline: tonight.worse ? { metric: "rocAuc", before: 0.8, now: 0.6, rows: 500, upper: -0.1 } : null,
      lastActedAt,
      judgedAt: [...judgedAt],
      fruitless: count === 0 ? null : { count, lastAt: fruitlessAt },
      refused: no === undefined || otherBar ? null : { by: no.by, at: no.at },
      policyChanged: otherBar,
      openProposal: open && { inputDigest: open.inputDigest, outdated: open.against !== champion, heldByPerson: false },
      heldBranch: null,
      settingsChanged: null,
      unfinished: null,
      force: null,
    };
    const decision = decideRetrain(seen, policy);
    looks.push({ at: now, decision, seen });
    earlier = [...earlier, tonight.level];
    if (!decision.retrain) continue;

    judgedAt.push(now);
    [lastJudged, rows] = [{ at: now, settingsDigest: String(settings) }, 0];
    known = [...known, ...decision.reasons.flatMap((reason) => (reason.kind === "drift" ? [reason.feature] : []))];
    if (tonight.verdict === "promote") count = 0;
    else [count, fruitlessAt] = [count + 1, now];
    if (tonight.verdict === "hold" || tonight.verdict === "block")
      refused.set(digest, { by: "rejected", at: now, bar });
    else [open, lastActedAt] = [{ inputDigest: digest, against: champion }, now];
  }
  return looks;
}

const stories = fc.array(night, { minLength: 5, maxLength: 90, size: "max" });
const kinds = ({ decision }: Look) => decision.reasons.map(({ kind }) => kind);
const trained = (looks: readonly Look[]) => looks.filter(({ decision }) => decision.retrain);

describe("however the runs follow each other", () => {
  it("no more candidates are judged than the budgets allow", () => {
    fc.assert(
      fc.property(stories, (nights) => {
        const times = trained(play(nights)).map(({ at }) => at);

        for (const at of times) {
          expect(times.filter((t) => t > at - DAY && t <= at).length).toBeLessThanOrEqual(policy.maxPerDay);
          expect(times.filter((t) => t > at - 7 * DAY && t <= at).length).toBeLessThanOrEqual(policy.maxPerWeek);
        }
      }),
    );
  });

  it("nothing is trained inside a cool-down, but for a champion that became worse or a proposal that nobody can merge", () => {
    fc.assert(
      fc.property(stories, (nights) => {
        for (const look of trained(play(nights))) {
          const { lastActedAt } = look.seen;
          if (lastActedAt === null || look.at - lastActedAt >= policy.cooldownHours * HOUR) continue;
          expect(["performance", "champion-moved"].some((kind) => kinds(look).includes(kind as never))).toBe(true);
        }
      }),
    );
  });

  it("what a person or a gate refused is not trained again while inputs and bar stay", () => {
    fc.assert(
      fc.property(stories, (nights) => {
        for (const { seen, decision } of play(nights)) {
          if (seen.refused !== null) expect(decision.retrain).toBe(false);
          if (seen.championInput === seen.inputDigest) expect(decision.heldBack).toEqual({ kind: "unchanged" });
        }
      }),
    );
  });

  it("a run right after another decides nothing new, and every run says why or why not", () => {
    fc.assert(
      fc.property(stories, (nights) => {
        for (const { seen, decision } of play(nights)) {
          expect(decideRetrain(seen, policy)).toEqual(decision);
          expect(decision.retrain).toBe(decision.heldBack === null);
          if (decision.retrain) expect(decision.reasons.length).toBeGreaterThan(0);
          if (decision.nextEligibleAt !== null) expect(decision.nextEligibleAt).toBeGreaterThan(seen.now);
        }
      }),
    );
  });

  it("drift of the same columns asks for one training per champion", () => {
    fc.assert(
      fc.property(stories, (nights) => {
        const asked = new Map<string, number>();
        for (const look of trained(play(nights))) {
          if (!kinds(look).every((kind) => kind === "drift")) continue;
          const key = `${look.seen.championInput} ${look.seen.drift!.columns[0]!.feature}`;
          asked.set(key, (asked.get(key) ?? 0) + 1);
        }
        for (const times of asked.values()) expect(times).toBe(1);
      }),
    );
  });

  it("the stories end in every possible way", () => {
    const ends = new Set<string>();
    for (const nights of fc.sample(stories, { numRuns: 300, seed: 7 })) {
      for (const { decision } of play(nights)) ends.add(decision.heldBack?.kind ?? "retrain");
    }

    for (const end of [
      "retrain",
      "cooldown",
      "backoff",
      "budget",
      "refused",
      "nothing-due",
      "proposal-open",
      "drift-known",
    ]) {
      expect(ends).toContain(end);
    }
  });
});
