import { describe, expect, it } from "vitest";
import type { ColumnDrift } from "../data/measure-drift.ts";
import { retrainPolicy } from "../spec/retrain-policy.ts";
import { decideRetrain } from "./decide-retrain.ts";
import {
  decisionFacts,
  type ChampionFacts,
  type DecisionFacts,
  type Known,
  type OpenProposal,
} from "./decision-facts.ts";
import type { JudgedFile } from "./last-judged.ts";
import { day, row } from "./ledger-rows.fixture.ts";

/** The file of `rowOf`. */
const january: JudgedFile = { path: "data/a.csv", sha256: "a", rows: 100 };
const files = [january];
const champion: ChampionFacts = {
  treeId: "champion",
  since: day(1),
  lineage: { inputDigest: "before", digests: { settings: "s" }, data: { files } },
};
/** It was trained once more on all rows. */
const learned: ChampionFacts = { ...champion, lineage: { ...champion.lineage, judgedArtifact: "digest" } };
const replaced: Known["history"]["rolledBack"][number] = {
  version: {
    number: 2,
    treeId: "replaced",
    sha: "commit",
    committedAt: day(1),
    author: "Ada",
    subject: "churn v2",
    broken: null,
    parent: "champion",
    inputDigest: "now",
    newerFormat: null,
  },
  to: null,
  at: day(2),
};
const promoted = {
  commit: { sha: "commit", committedAt: day(19), author: "Ada", subject: "churn v1", treeId: "champion" },
  treeId: "champion",
  number: 1,
  kind: "promotion" as const,
  champion: null,
};
const history: Known["history"] = { state: "live", events: [promoted], rolledBack: [] };

/** A month after the champion went live, 800 rows have arrived. */
const due: Known = {
  now: day(20),
  policyDigest: "policy",
  minRows: 200,
  force: null,
  history,
  champion,
  lastRolledBack: null,
  ledger: [],
  ledgerLost: false,
  proposal: null,
  heldBranch: null,
  settingsChanged: null,
  snapshot: { rows: 900, digests: { input: "now", settings: "s" } },
  newRows: { sinceJudged: 800, sinceChampion: 800 },
  observation: { drift: [], classifier: null, decline: null },
};
const open: OpenProposal = {
  lineage: { inputDigest: "older", parent: "champion" },
  heldByPerson: false,
  complete: true,
};
const decline = { metric: "rocAuc", before: 0.8, now: 0.6, rows: 500, upper: -0.1 } as const;
const moved: ColumnDrift = {
  column: "speed",
  role: "feature",
  importance: null,
  status: "drift",
  reason: null,
  psi: 0.4,
  floor: 0.1,
  p: 0,
  ks: null,
  wasserstein: null,
  jsDistanceBase2: null,
  counts: null,
};
const policy = retrainPolicy.parse({ minNewRows: 500, maxAgeDays: 400, maxPerDay: 2, maxPerWeek: 3 });
const hourBefore = new Date(day(20) - 3_600_000).toISOString();

describe("decisionFacts", () => {
  it.each<[why: string, change: Partial<Known>, expected: Partial<DecisionFacts>]>([
    ["the champion's inputs", {}, { championInput: "before", inputDigest: "now", settingsDigest: "s" }],
    ["none while its folder is broken", { history: { ...history, state: "broken" } }, { championInput: null }],
    ["new rows since the champion", {}, { newRows: 800, lastJudged: { at: day(1), settingsDigest: "s" } }],
    [
      "all rows without one",
      { champion: null, newRows: { sinceJudged: null, sinceChampion: null } },
      { newRows: 900, lastJudged: null },
    ],
    ["enough rows that the champion has not learned from", { champion: learned }, { tooFewUnseen: null }],
    ["too few such rows", { champion: learned, minRows: 801 }, { tooFewUnseen: { rows: 800, minRows: 801 } }],
    ["none where what was judged ships", { minRows: 801 }, { tooFewUnseen: null }],
    ["when candidates were judged", { ledger: [row("look", 3), row("proposed", 3)] }, { judgedAt: [day(3)] }],
    ["the decline of the champion", { observation: { ...due.observation, decline } }, { decline }],
    [
      "drift of the new rows, and of earlier ones",
      {
        observation: { ...due.observation, drift: [moved] },
        ledger: [row("drift", 3, { inputDigest: "older", driftLevel: 1.3 })],
      },
      { drift: expect.objectContaining({ columns: [{ feature: "speed", psi: 0.4 }], earlier: [1.3] }) },
    ],
    [
      "a policy that changed since these inputs failed it",
      { ledger: [row("look", 3, { verdict: "hold", policyDigest: "other" })] },
      { policyChanged: true },
    ],
    [
      "nothing that a wrong clock dated in the future",
      { ledger: [row("proposed", 3), row("look", 20), row("look", 21), row("proposed", 400)] },
      { lastActedAt: day(3), judgedAt: [day(20)] },
    ],
    ["no proposal", {}, { openProposal: null }],
    [
      "a proposal",
      { proposal: open },
      { openProposal: { inputDigest: "older", outdated: false, heldByPerson: false } },
    ],
    [
      "a proposal against another champion",
      { proposal: { ...open, lineage: { inputDigest: "older", parent: "other" } } },
      { openProposal: { inputDigest: "older", outdated: true, heldByPerson: false } },
    ],
    [
      "a proposal whose folder is not valid",
      { proposal: { ...open, lineage: null } },
      { openProposal: { inputDigest: null, outdated: true, heldByPerson: false } },
    ],
  ])("name %s", (_why, change, expected) => {
    expect(decisionFacts({ ...due, ...change })).toMatchObject(expected);
  });
});

/** The whole decision, from what a run knows: every rule that can hold a retrain back, one at a time. */
describe("a retrain that is due", () => {
  it.each<[why: string, change: Partial<Known>, heldBack: object | null]>([
    ["goes ahead", {}, null],
    [
      "is not one with the champion's own inputs",
      { champion: { ...champion, lineage: { ...champion.lineage, inputDigest: "now" } } },
      { kind: "unchanged" },
    ],
    ["was declined", { ledger: [row("declined", 3)] }, { kind: "refused", by: "declined" }],
    ["was rejected by a gate", { ledger: [row("rejected", 3)] }, { kind: "refused", by: "rejected" }],
    ["was rolled back", { history: { ...history, rolledBack: [replaced] } }, { kind: "refused", by: "rolledBack" }],
    [
      "was rejected by a policy that a person has changed",
      { ledger: [row("look", 3, { verdict: "hold", policyDigest: "other" }), row("rejected", 3)] },
      null,
    ],
    [
      "is proposed already, as the ledger knows",
      {
        proposal: { ...open, lineage: { inputDigest: "now", parent: "champion" } },
        ledger: [row("proposed", 3, { reasons: [] })],
      },
      { kind: "proposal-open" },
    ],
    [
      "is proposed already, and people see a part of it",
      {
        proposal: { ...open, lineage: { inputDigest: "now", parent: "champion" }, complete: false },
        ledger: [row("proposed", 3, { reasons: [] })],
      },
      null,
    ],
    [
      "is proposed already",
      { proposal: { ...open, lineage: { inputDigest: "now", parent: "champion" } } },
      { kind: "proposal-open" },
    ],
    ["is newer than an open proposal", { proposal: open }, null],
    ["meets a proposal that a person holds", { proposal: { ...open, heldByPerson: true } }, { kind: "held-by-person" }],
    [
      "meets a proposal that nobody can merge",
      { proposal: { ...open, lineage: null }, ledger: [row("proposed", 19, { at: hourBefore, inputDigest: "older" })] },
      null,
    ],
    [
      "follows a proposal within the cool-down",
      { ledger: [row("proposed", 19, { at: hourBefore, inputDigest: "older" })] },
      { kind: "cooldown" },
    ],
    [
      "follows a rollback within the cool-down",
      {
        history: {
          ...history,
          rolledBack: [
            { ...replaced, version: { ...replaced.version, inputDigest: "other" }, at: Date.parse(hourBefore) },
          ],
        },
      },
      { kind: "cooldown" },
    ],
    [
      "follows a lost ledger and a promotion within the cool-down",
      {
        ledgerLost: true,
        history: {
          ...history,
          events: [{ ...promoted, commit: { ...promoted.commit, committedAt: Date.parse(hourBefore) } }],
        },
      },
      { kind: "cooldown" },
    ],
    [
      "is asked for within the cool-down",
      { force: "please", ledger: [row("proposed", 19, { at: hourBefore, inputDigest: "older" })] },
      null,
    ],
    [
      "follows two candidates of the day",
      { ledger: [1, 2].map((n) => row("look", 19, { at: hourBefore, inputDigest: `try ${n}`, verdict: "promote" })) },
      { kind: "budget", per: "day" },
    ],
    [
      "follows three candidates of the week",
      { ledger: [15, 16, 17].map((on) => row("look", on, { inputDigest: `try ${on}`, verdict: "promote" })) },
      { kind: "budget", per: "week" },
    ],
    [
      "follows three fruitless candidates",
      { ledger: [6, 12, 18].map((on) => row("look", on, { inputDigest: `try ${on}`, verdict: "hold" })) },
      { kind: "backoff", fruitless: 3 },
    ],
    [
      "was cut short, and is finished whatever the cool-down",
      { ledger: [row("proposed", 19, { at: hourBefore, reasons: [] })] },
      null,
    ],
    [
      "was judged already: no row is new",
      {
        newRows: { sinceJudged: 0, sinceChampion: 800 },
        ledger: [row("look", 3, { inputDigest: "other", settingsDigest: "s", files })],
      },
      { kind: "nothing-due" },
    ],
    [
      "was rolled back with these rows: none is new since",
      {
        newRows: { sinceJudged: 0, sinceChampion: 800 },
        lastRolledBack: { ...champion, since: day(2) },
      },
      { kind: "nothing-due" },
    ],
  ])("%s", (_why, change, heldBack) => {
    const decision = decideRetrain(decisionFacts({ ...due, ...change }), policy);

    if (heldBack === null) expect(decision).toMatchObject({ retrain: true, heldBack: null });
    else expect(decision).toMatchObject({ retrain: false, heldBack });
  });
});
