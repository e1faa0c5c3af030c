import { describe, expect, it } from "vitest";
import { type Attention, attentionTo, isOverdue, type SeenOfModel } from "./attention.ts";
import { day, row } from "./ledger-rows.fixture.ts";

const well: SeenOfModel = {
  now: day(20),
  state: "live",
  champion: "champion",
  ledger: [],
  unreadable: null,
  missingLearners: [],
  unmatched: null,
  proposal: null,
  fetchedAt: day(19),
};
const canary = { version: "c", percent: 5, since: day(19), maxDays: 7, championMoved: false, problem: null };
const inconclusive = (on: number) => row("look", on, { verdict: "inconclusive" });
const rejected = (on: number) => [row("look", on, { verdict: "hold" }), row("rejected", on)];
const blocked = (on: number, findings?: string[]) => row("blocked", on, findings && { findings });

describe("what a model needs a person for", () => {
  it.each<[why: string, seen: Partial<SeenOfModel>, attention: object[]]>([
    ["nothing", {}, []],
    ["a folder that was changed by hand", { state: "broken" }, [{ kind: "broken" }]],
    [
      "data that are refused, while something is live",
      { ledger: [row("proposed", 3), blocked(5, ["a"]), blocked(6, ["null-jump"])] },
      [{ kind: "blocked", runs: 2, since: day(5), findings: ["null-jump"], isFirst: false }],
    ],
    ["data that were refused, and are fine again", { ledger: [blocked(5), row("unblocked", 6)] }, []],
    [
      "a first model that is blocked",
      { state: "none", champion: null, ledger: [row("look", 5, { verdict: "block" }), blocked(5)] },
      [{ kind: "blocked", runs: 1, since: day(5), findings: [], isFirst: true }],
    ],
    [
      "a candidate that was rejected",
      { ledger: rejected(5) },
      [{ kind: "rejected", runs: 1, since: day(5), isFirst: false }],
    ],
    [
      "candidates in a row that were rejected, none before them counts",
      { ledger: [...rejected(2), row("look", 3), row("proposed", 3), ...rejected(5), row("drift", 6), ...rejected(7)] },
      [{ kind: "rejected", runs: 2, since: day(5) }],
    ],
    ["a candidate that was rejected, and a newer one that was not", { ledger: [...rejected(5), row("look", 6)] }, []],
    ["a candidate that was rejected beside an earlier champion", { ledger: rejected(5), champion: "newer" }, []],
    [
      "a candidate that was rejected, and data that were refused since",
      { ledger: [...rejected(5), blocked(6)] },
      [{ kind: "blocked", runs: 1 }],
    ],
    ["settings that cannot be read", { unreadable: { message: "m", hint: "h" } }, [{ kind: "unreadable", hint: "h" }]],
    [
      "a learner that is missing",
      { missingLearners: [{ learner: "tfjs", message: "m", hint: "h" }] },
      [{ kind: "learner-missing", learner: "tfjs" }],
    ],
    [
      "files that no manifest matches",
      { unmatched: { manifest: "data-manifests/churn.yaml", files: ["data/b.csv"] } },
      [{ kind: "unmatched-files", files: ["data/b.csv"] }],
    ],
    ["a canary that runs as it should", { canary }, []],
    ["a canary on its last day", { canary: { ...canary, since: day(13) } }, []],
    [
      "a canary that is too old",
      { canary: { ...canary, since: day(13) - 1 } },
      [{ kind: "canary", why: "old", since: day(13) - 1, problem: null }],
    ],
    [
      "a canary of another champion, old or not",
      { canary: { ...canary, since: day(1), championMoved: true } },
      [{ kind: "canary", why: "champion-moved" }],
    ],
    [
      "a canary that cannot be used",
      { canary: { ...canary, percent: null, problem: "rollout.yaml is missing." } },
      [{ kind: "canary", why: "broken", problem: "rollout.yaml is missing." }],
    ],
    ["two drafts in a row", { ledger: [inconclusive(1), inconclusive(2)] }, []],
    [
      "three drafts in a row, none before them counts",
      { ledger: [inconclusive(1), row("look", 2), inconclusive(3), inconclusive(4), inconclusive(5)] },
      [{ kind: "inconclusive", runs: 3 }],
    ],
    [
      "a proposal, since the run that showed it",
      { ledger: [row("proposed", 4, { inputDigest: "x" })], proposal: { state: "open", inputDigest: "x" } },
      [{ kind: "proposal", state: "open", since: day(4) }],
    ],
    [
      "a proposal of which the ledger knows nothing",
      { proposal: { state: "open", inputDigest: "x" } },
      [{ since: null }],
    ],
    ["a clone of a week ago", { fetchedAt: day(13) }, []],
    ["an older one", { fetchedAt: day(13) - 1 }, [{ kind: "stale-clone", since: day(13) - 1 }]],
    [
      "several things, what ends a run first",
      { ledger: [blocked(5)], proposal: { state: "under-review", inputDigest: null }, state: "broken" },
      [{ kind: "broken" }, { kind: "blocked" }, { kind: "proposal" }],
    ],
  ])("%s", (_why, seen, attention) => {
    expect(attentionTo({ ...well, ...seen })).toMatchObject(attention);
    expect(attentionTo({ ...well, ...seen })).toHaveLength(attention.length);
  });
});

describe("what a job that watches fails for", () => {
  const proposal = (since: number | null): Attention => ({ kind: "proposal", state: "open", since });

  it.each<[why: string, attention: Attention, fails: boolean]>([
    ["a proposal of a week", proposal(day(13)), false],
    ["an older one", proposal(day(13) - 1), true],
    ["one of unknown age", proposal(null), true],
    ["a rejection of a week", { kind: "rejected", runs: 1, since: day(13), isFirst: false }, false],
    ["an older one", { kind: "rejected", runs: 2, since: day(13) - 1, isFirst: true }, true],
    ["anything else at once", { kind: "blocked", runs: 1, since: day(20), findings: [], isFirst: false }, true],
  ])("%s", (_why, attention, fails) => {
    expect(isOverdue(attention, day(20))).toBe(fails);
  });
});
