import { describe, expect, it } from "vitest";
import { rolloutText, type Rollout } from "../spec/rollout.ts";
import {
  canaryChange,
  rolloutProblems,
  type CanaryChange,
  type LiveFolders,
  type RolloutFile,
} from "./canary-change.ts";

const terms: Rollout = {
  percent: 5,
  steps: [5, 25, 50],
  minLabels: 200,
  maxDays: 28,
  margin: 0.01,
  outcome: "independent",
  loss: "brier",
};

function at(percent: number, change: Partial<Rollout> = {}): RolloutFile {
  const rollout = { ...terms, percent, ...change };
  return { text: rolloutText(rollout), rollout, problem: null };
}

const unreadable: RolloutFile = { text: "percent: [", rollout: null, problem: "rollout.yaml is not YAML." };

/** The champion `a` alone, and with the canary `c` at a share. */
const alone: LiveFolders = { champion: "a", canary: null, rollout: null };
const beside = (rollout: RolloutFile | null, change: Partial<LiveFolders> = {}): LiveFolders => ({
  champion: "a",
  canary: "c",
  rollout,
  ...change,
});
const promoted: LiveFolders = { champion: "c", canary: null, rollout: null };

const facts = {
  versions: ["first", "a", "c"],
  parentOf: (treeId: string) => (treeId === "c" || treeId === "d" ? "a" : null),
  promotedWith: (treeId: string) => (treeId === "c" ? at(50).text : null),
};

function words(change: CanaryChange): string {
  if (change.kind === "refused") return change.problems.join(" ");
  return "from" in change ? `${change.kind} ${change.from} ${change.to}` : change.kind;
}

describe("what a change does to a canary", () => {
  it.each<[why: string, before: LiveFolders, after: LiveFolders, kind: string]>([
    ["nothing, where there is none", alone, alone, "none"],
    ["nothing, where it stays", beside(at(5)), beside(at(5)), "none"],
    ["a start", alone, beside(at(5)), "start"],
    ["another one in its place", beside(at(25)), beside(at(5), { canary: "d" }), "start"],
    ["the next step", beside(at(5)), beside(at(25)), "step 5 25"],
    ["out of the shadow", beside(at(0, { steps: [0, 5] })), beside(at(5, { steps: [0, 5] })), "step 0 5"],
    ["a step that is reverted", beside(at(25)), beside(at(5)), "back 25 5"],
    ["all the way down", beside(at(50)), beside(at(5)), "back 50 5"],
    ["the promotion", beside(at(50)), promoted, "promotion"],
    ["its revert", promoted, beside(at(50)), "unpromotion"],
    ["a stop", beside(at(25)), alone, "stop"],
    ["a stop of what cannot be read", beside(unreadable), alone, "stop"],
    ["a stop with a rollback", beside(at(25)), { ...alone, champion: "first" }, "stop"],
    ["a stop with a new champion", beside(at(25)), { ...alone, champion: "new" }, "stop"],
    ["a rollback beside it", beside(at(25)), beside(at(25), { champion: "first" }), "none"],
    ["its end after it was put back as the champion", beside(at(5), { champion: "c" }), promoted, "stop"],
  ])("%s", (_why, before, after, kind) => {
    expect(words(canaryChange(before, after, facts))).toBe(kind);
  });

  it.each<[why: string, before: LiveFolders, after: LiveFolders, problem: RegExp]>([
    ["a step left out", beside(at(5)), beside(at(50)), /raises `percent` from 5 to 50.*Expected: `percent: 25`/],
    ["a share beyond the steps", beside(at(5)), beside(at(99, { steps: [5, 25, 50, 99] })), /more of rollout\.yaml/],
    ["a share by another list of steps", beside(at(5)), beside(at(50, { steps: [5, 50] })), /more of rollout\.yaml/],
    [
      "other terms",
      beside(at(5)),
      beside(at(5, { minLabels: 1 })),
      /more of rollout\.yaml than.*Expected: that one line/,
    ],
    ["other terms with the next step", beside(at(5)), beside(at(25, { margin: 0.9 })), /more of rollout\.yaml/],
    [
      "the next step in other words",
      beside(at(5)),
      beside({ ...at(25), text: `${at(25).text}# hello\n` }),
      /more of rollout\.yaml/,
    ],
    ["a share that cannot be read", beside(at(5)), beside(unreadable), /^rollout\.yaml is not YAML/],
    ["a share for no canary", alone, { ...alone, rollout: at(5) }, /rollout\.yaml without canary\//],
    ["a canary without a share", alone, beside(null), /canary\/ without rollout\.yaml/],
    ["half a stop", beside(at(5)), { ...alone, rollout: at(5) }, /rollout\.yaml without canary\//],
    ["the other half", beside(at(5)), beside(null), /canary\/ without rollout\.yaml/],
    ["a promotion at the first step", beside(at(5)), promoted, /promotes the canary at 5 %.*the last one is 50 %/],
    ["a promotion of a shadow", beside(at(0, { steps: [0, 5] })), promoted, /promotes the canary at 0 %/],
    ["a promotion of what cannot be read", beside(unreadable), promoted, /a share that cannot be read/],
    [
      "a promotion over another champion",
      beside(at(50), { champion: "first" }),
      promoted,
      /compared with a, and first is live now/,
    ],
    [
      "a promotion that leaves the canary",
      beside(at(50)),
      beside(at(50), { champion: "c" }),
      /a promotion removes both/,
    ],
    [
      "a new champion beside it",
      beside(at(5)),
      beside(at(5), { champion: "new" }),
      /removes canary\/ and rollout\.yaml/,
    ],
    ["a start with another champion", alone, beside(at(5), { champion: "new" }), /starts beside the champion/],
    ["a step with another champion", beside(at(5)), beside(at(25), { champion: "first" }), /one of the two/],
    ["a champion made a canary", promoted, beside(at(50), { champion: "first" }), /brings back the champion a/],
    ["a revert with other terms", promoted, beside(at(50, { margin: 0.5 })), /the one that the promotion removed/],
    ["a step from what cannot be read", beside(unreadable), beside(at(5)), /Expected: the canary is stopped/],
  ])("refuses %s", (_why, before, after, problem) => {
    const change = canaryChange(before, after, facts);

    expect(change.kind).toBe("refused");
    expect(words(change)).toMatch(problem);
  });

  /** Of all pairs of states, exposure rises only by what a reviewer was told. */
  it("raises the share by one step at most, whatever else changes", () => {
    const shares = [null, ...terms.steps.map((percent) => at(percent))];
    const states = ["a", "c", "first", "new"].flatMap((champion) =>
      [null, "c", "d"].flatMap((canary) => shares.map((rollout): LiveFolders => ({ champion, canary, rollout }))),
    );
    const exposure = ({ champion, canary, rollout }: LiveFolders, version: string) =>
      champion === version ? 100 : canary === version ? (rollout?.rollout?.percent ?? 0) : 0;

    const allowed = states.flatMap((before) =>
      states
        .map((after) => ({ before, after, change: canaryChange(before, after, facts) }))
        .filter(({ change }) => change.kind !== "refused" && change.kind !== "none" && change.kind !== "start"),
    );
    const jumps = allowed.filter(({ before, after, change }) => {
      const [was, is] = [exposure(before, "c"), exposure(after, "c")];
      const next = terms.steps[terms.steps.indexOf(was) + 1] ?? 100;
      return is > was && is !== next && change.kind !== "stop";
    });

    expect(allowed.length).toBeGreaterThan(50);
    expect(jumps).toEqual([]);
  });
});

describe("what a rollout has to be", () => {
  it("names each key that is not what policy and comparison give, and where that comes from", () => {
    const found: Rollout = { ...terms, percent: 25, minLabels: 10, loss: "zeroOne" };

    expect(rolloutProblems(terms, terms)).toEqual([]);
    expect(rolloutProblems(found, terms)).toEqual([
      "`percent` in rollout.yaml is 25. Expected: 5, the first step.",
      "`minLabels` in rollout.yaml is 10. Expected: 200, as `canary` in model.yaml of the base branch says.",
      "`loss` in rollout.yaml is zeroOne. Expected: brier, by the comparison.",
    ]);
    expect(
      rolloutProblems({ ...terms, loss: "absolute", scale: 3 }, { ...terms, loss: "absolute", scale: 2.5 }),
    ).toEqual(["`scale` in rollout.yaml is 3. Expected: 2.5, by the comparison."]);
  });
});
