import { describe, expect, it } from "vitest";
import { retrainPolicy } from "../spec/retrain-policy.ts";
import { DAY, HOUR } from "../time.ts";
import { decideRetrain } from "./decide-retrain.ts";
import { type ChampionFacts, decisionFacts } from "./decision-facts.ts";
import { dueNext, type SeenOutside } from "./due-next.ts";
import type { JudgedFile } from "./last-judged.ts";
import { day, row } from "./ledger-rows.fixture.ts";

const january: JudgedFile = { path: "data/a.csv", sha256: "a", rows: 100 };
const arrived = (rows: number | null) => ({ sinceJudged: rows, sinceChampion: rows });
const champion: ChampionFacts = {
  treeId: "champion",
  since: day(1),
  lineage: { inputDigest: "before", digests: { settings: "s" }, data: { files: [january] }, judgedArtifact: "digest" },
};
const promoted = {
  commit: { sha: "commit", committedAt: day(1), author: "Ada", subject: "churn v1", treeId: "champion" },
  treeId: "champion",
  number: 1,
  kind: "promotion" as const,
  champion: null,
};
const seen: SeenOutside = {
  now: day(20),
  policyDigest: "policy",
  minRows: 150,
  history: { state: "live", events: [promoted], rolledBack: [] },
  champion,
  lastRolledBack: null,
  ledger: [],
  ledgerLost: false,
  policy: retrainPolicy.parse({ minNewRows: 200, maxAgeDays: 30, performanceMargin: 0.02 }),
  primary: "rocAuc",
  needsClasses: true,
  settingsDigest: "s",
  shown: null,
  data: { inputDigest: "now", newRows: arrived(180) },
};

const fruitless = row("look", 20, {
  verdict: "inconclusive",
  files: [january],
  settingsDigest: "s",
  inputDigest: "then",
});

const proposed = (inputDigest: string) =>
  row("proposed", 19, { inputDigest, parent: "champion", files: [january], settingsDigest: "s" });

const rolledBack = {
  version: {
    ...promoted.commit,
    treeId: "newer",
    number: 2,
    broken: null,
    parent: "champion",
    inputDigest: "now",
    newerFormat: null,
  },
  to: null,
  at: day(20),
};

describe("dueNext: what starts the next retrain", () => {
  const age20 = { kind: "age", fired: false, at: day(19) + 30 * DAY };
  const age = { kind: "age", fired: false, at: day(1) + 30 * DAY };
  const performance = { kind: "performance", fired: null, metric: "rocAuc", performanceMargin: 0.02 };
  const drift = { kind: "drift", fired: null, seen: 0 };
  const rows = (newRows: number | null, fired: boolean | null = false) => ({
    kind: "new-rows",
    fired,
    newRows,
    minNewRows: 200,
  });

  it.each<[string, Partial<SeenOutside>, readonly object[]]>([
    ["each trigger of the policy, with how far it is", {}, [rows(180), age, performance, drift]],
    [
      "rows that nobody has counted",
      { data: { inputDigest: "now", newRows: arrived(null) } },
      [rows(null, null), age, performance, drift],
    ],
    [
      "enough rows",
      { data: { inputDigest: "now", newRows: arrived(200) } },
      [rows(200, true), age, performance, drift],
    ],
    [
      "a run that was cut short before anybody saw what it made",
      { ledger: [proposed("now")] },
      [{ kind: "unfinished", fired: true }, rows(180), age20, performance, drift],
    ],
    [
      "one whose proposal lacks something",
      { ledger: [proposed("now")], shown: { inputDigest: "now", complete: false } },
      [{ kind: "unfinished", fired: true }, rows(180), age20, performance, drift],
    ],
    [
      "a proposal that is there as a whole",
      { ledger: [proposed("now")], shown: { inputDigest: "now", complete: true } },
      [rows(180), age20, performance, drift],
    ],
    [
      "a forge that nobody could ask",
      { ledger: [proposed("now")], shown: undefined },
      [rows(180), age20, performance, drift],
    ],
    [
      "a version of these inputs that was merged and rolled back",
      { ledger: [proposed("now")], history: { ...seen.history, rolledBack: [rolledBack] } },
      [rows(180), age20, performance, drift],
    ],
    [
      "a proposal of these inputs that a person declined",
      { ledger: [proposed("now"), row("declined", 19, { parent: "champion", files: [january], settingsDigest: "s" })] },
      [rows(180), age20, performance, drift],
    ],
    ["a run of other data", { ledger: [proposed("then")] }, [rows(180), age20, performance, drift]],
    ["an age that has come", { now: day(31) }, [rows(180), { ...age, fired: true }, performance, drift]],
    [
      "what a candidate was judged on is not new, and its day counts",
      {
        data: { inputDigest: "now", newRows: { sinceJudged: 0, sinceChampion: 180 } },
        ledger: [row("rejected", 5, { files: [january], settingsDigest: "s", inputDigest: "then" })],
      },
      [rows(0), { ...age, at: day(5) + 30 * DAY }, performance, drift],
    ],
    [
      "settings, code or a learner that changed",
      { settingsDigest: "other" },
      [{ kind: "settings", fired: true }, rows(180), age, performance, drift],
    ],
    [
      "gates that changed since these inputs failed",
      {
        data: { inputDigest: "now", newRows: { sinceJudged: 0, sinceChampion: 180 } },
        ledger: [row("look", 5, { verdict: "hold", policyDigest: "strict", files: [january], settingsDigest: "s" })],
      },
      [{ kind: "policy", fired: true }, rows(0), { ...age, at: day(5) + 30 * DAY }, performance, drift],
    ],
    [
      "drift that was seen once",
      { ledger: [row("drift", 5, { inputDigest: "then", driftLevel: 1.2 })] },
      [rows(180), age, performance, { ...drift, seen: 1 }],
    ],
    ["no drift where nobody asks for it", { policy: retrainPolicy.parse({ drift: false }) }, []],
    [
      "a first model",
      { champion: null, history: { state: "none", events: [], rolledBack: [] } },
      [{ kind: "no-champion", fired: true }],
    ],
    [
      "nothing that is measured against a champion, where none is live yet",
      {
        champion: null,
        history: { state: "none", events: [], rolledBack: [] },
        ledger: [row("rejected", 5, { files: [january], settingsDigest: "s", inputDigest: "then", parent: null })],
      },
      [rows(180), { ...age, at: day(5) + 30 * DAY }],
    ],
  ])("%s", (_what, change, triggers) => {
    expect(dueNext({ ...seen, ...change }).triggers).toEqual(triggers);
  });
});

describe("dueNext: what a retrain waits for", () => {
  const few = { kind: "few-rows", rows: 90, minRows: 150, perClass: 10 };

  it.each<[string, Partial<SeenOutside>, readonly object[]]>([
    ["nothing", {}, []],
    [
      "inputs that differ from the champion's",
      { data: { inputDigest: "before", newRows: arrived(0) } },
      [{ kind: "unchanged" }],
    ],
    [
      "not for them where what is live is not what the champion was",
      { data: { inputDigest: "before", newRows: arrived(180) }, history: { ...seen.history, state: "broken" } },
      [],
    ],
    ["rows that it has not learned from", { data: { inputDigest: "now", newRows: arrived(90) } }, [few]],
    ["uncounted ones", { data: { inputDigest: null, newRows: arrived(null) } }, [{ ...few, rows: null }]],
    [
      "no classes of a number",
      { needsClasses: false, data: { inputDigest: "now", newRows: arrived(90) } },
      [{ ...few, perClass: null }],
    ],
    [
      "its classes, where a trigger has fired and the rows are enough",
      { data: { inputDigest: "now", newRows: arrived(250) } },
      [{ ...few, rows: 250 }],
    ],
    [
      "no rows where other settings are tried on old ones",
      { settingsDigest: "other", data: { inputDigest: "now", newRows: arrived(90) } },
      [],
    ],
    [
      "the cool-down",
      { ledger: [row("proposed", 20, { files: [january], settingsDigest: "s", inputDigest: "then" })] },
      [{ kind: "cooldown", until: day(20) + 24 * HOUR }],
    ],
    [
      "the back-off after a candidate that was not good enough",
      { ledger: [fruitless] },
      [{ kind: "backoff", until: day(20) + 24 * HOUR, fruitless: 1 }],
    ],
    ["no back-off for other settings", { ledger: [fruitless], settingsDigest: "other" }, []],
    [
      "no back-off for twice the rows",
      { ledger: [fruitless], data: { inputDigest: "now", newRows: arrived(400) }, needsClasses: false },
      [],
    ],
    ["no cool-down for what is only shown", { now: day(19) + HOUR, ledger: [proposed("now")] }, []],
    ["no cool-down that is over", { ledger: [row("proposed", 18, { inputDigest: "then", files: [january] })] }, []],
    [
      "a person's no to the same inputs",
      { ledger: [row("declined", 18)] },
      [{ kind: "refused", by: "declined", at: day(18) }],
    ],
  ])("%s", (_what, change, waits) => {
    expect(dueNext({ ...seen, ...change }).waits).toEqual(waits);
  });
});

describe("dueNext and decideRetrain", () => {
  const digests = (data: SeenOutside["data"], settings: string) => ({ input: data.inputDigest!, settings });

  it.each<[string, Partial<SeenOutside>]>([
    ["nothing fires", {}],
    ["rows", { data: { inputDigest: "now", newRows: arrived(400) }, needsClasses: false }],
    ["age", { now: day(40), needsClasses: false }],
    ["age with too few rows", { now: day(40), data: { inputDigest: "now", newRows: arrived(90) } }],
    ["age, but nothing has changed", { now: day(40), data: { inputDigest: "before", newRows: arrived(0) } }],
    ["settings", { settingsDigest: "other" }],
    ["settings in the cool-down", { settingsDigest: "other", ledger: [row("declined", 20, { inputDigest: "then" })] }],
    ["settings in the back-off", { settingsDigest: "other", ledger: [fruitless] }],
    ["age in the back-off", { ledger: [fruitless], policy: retrainPolicy.parse({ maxAgeDays: 0.001 }) }],
    ["a run that was cut short", { ledger: [proposed("now")] }],
    ["a run that was cut short, in the cool-down", { now: day(19) + HOUR, ledger: [proposed("now")] }],
    ["a run that was cut short, of other data", { ledger: [proposed("then")] }],
    ["a rollback", { ledger: [proposed("now")], history: { ...seen.history, rolledBack: [rolledBack] } }],
    ["a gate's no", { settingsDigest: "other", ledger: [row("rejected", 18)] }],
    ["a first model", { champion: null, history: { state: "none", events: [], rolledBack: [] } }],
  ])("agree: %s", (_what, change) => {
    const known = { ...seen, ...change };
    const facts = decisionFacts({
      ...known,
      settingsChanged: null,
      force: null,
      proposal: null,
      heldBranch: null,
      newRows: known.data.newRows,
      snapshot: { rows: 500, digests: digests(known.data, known.settingsDigest) },
      observation: { drift: [], classifier: null, decline: null },
    });

    const { triggers, waits } = dueNext(known);

    const fired = triggers.some((trigger) => trigger.fired === true);
    expect(decideRetrain(facts, known.policy).retrain).toBe(fired && waits.length === 0);
  });
});
