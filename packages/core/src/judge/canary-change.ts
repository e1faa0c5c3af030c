import type { Rollout } from "../spec/rollout.ts";

/** What the base branch, or the result of a merge, has of a model that answers requests. */
export interface LiveFolders {
  /** Git tree id of `champion/`; `null`: there is none. */
  readonly champion: string | null;
  /** Of `canary/`. */
  readonly canary: string | null;
  /** `rollout.yaml`; `null`: there is none. */
  readonly rollout: RolloutFile | null;
}

export interface RolloutFile {
  readonly text: string;
  /** `null`: it cannot be read. */
  readonly rollout: Rollout | null;
  /** Why not, as a sentence, or that it is no regular file; `null`: it can. */
  readonly problem: string | null;
}

/**
 * What a change does to the canary of a model:
 * - `none`: nothing
 * - `start`: another version is the canary, from the first step on
 * - `step`: one step up; `back`: to an earlier step
 * - `promotion`: the canary becomes the champion
 * - `unpromotion`: a promotion is taken back, so that its version is the canary again
 * - `stop`: it is taken away
 * - `refused`: anything else, with what was expected
 */
export type CanaryChange =
  | { readonly kind: "none" | "start" | "promotion" | "unpromotion" | "stop" }
  | { readonly kind: "step" | "back"; readonly from: number; readonly to: number }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

/** What decides about a change besides the two states. */
export interface CanaryChangeFacts {
  /** Tree ids of all versions of the champion on the base branch. */
  readonly versions: readonly string[];
  /** The champion that a canary was compared with, by its tree id; `null`: none, or it does not say. */
  readonly parentOf: (treeId: string) => string | null;
  /** The `rollout.yaml` that a promotion of this version has taken away, as text; `null`: the base branch never had one. */
  readonly promotedWith: (treeId: string) => string | null;
}

/**
 * What merging would do to the canary, read from content alone. Only what refit itself proposes, and its revert, is allowed: exposure rises
 * by one step at a time, and falls at once. Pure.
 *
 * @param before the base branch. @param after the result of the merge.
 */
export function canaryChange(before: LiveFolders, after: LiveFolders, facts: CanaryChangeFacts): CanaryChange {
  const isSameText = before.rollout?.text === after.rollout?.text && after.rollout?.problem === before.rollout?.problem;
  if (before.canary === after.canary && isSameText) return besideChampion(before, after, facts);
  if ((after.canary === null) !== (after.rollout === null))
    return refused(
      after.canary === null
        ? "It has rollout.yaml without canary/. Expected: both, or neither."
        : "It has canary/ without rollout.yaml. Expected: both, or neither.",
    );
  if (after.rollout !== null && after.rollout.problem !== null) return refused(after.rollout.problem);
  if (after.canary === null) return takenAway(before, after, facts);
  if (after.canary === before.canary) return otherShare(before, after);
  if (before.canary === null && before.champion === after.canary) return takenBack(before, after, facts);
  if (before.champion !== after.champion)
    return refused(
      "It changes champion/ and canary/ in one commit. Expected: a canary starts beside the champion that is live.",
    );
  return { kind: "start" };
}

function refused(...problems: readonly string[]): CanaryChange {
  return { kind: "refused", problems };
}

/** A champion that was live before may come back at any time; another one is compared with nobody that is asked. */
function besideChampion(before: LiveFolders, after: LiveFolders, { versions }: CanaryChangeFacts): CanaryChange {
  const { champion, canary } = after;
  if (canary === null || champion === null || champion === before.champion) return { kind: "none" };
  if (champion === canary)
    return refused(
      "It makes the canary the champion and leaves canary/ and rollout.yaml where they are. Expected: a promotion removes both.",
    );
  if (versions.includes(champion)) return { kind: "none" };
  return refused(
    "It changes champion/ while a canary runs. Expected: the same commit removes canary/ and rollout.yaml, since the canary was compared with the champion before.",
  );
}

/** The promotion of the canary, or its end. */
function takenAway(before: LiveFolders, after: LiveFolders, { parentOf }: CanaryChangeFacts): CanaryChange {
  const { canary, champion, rollout } = before;
  if (canary === null || after.champion !== canary || canary === champion) return { kind: "stop" };
  const parent = parentOf(canary);
  if (parent !== champion)
    return refused(
      `It promotes a canary that was compared with ${parent ?? "no champion"}, and ${champion ?? "none"} is live now. Expected: the canary is stopped, and a version is compared with what is live.`,
    );
  const last = rollout?.rollout?.steps.at(-1);
  if (rollout?.rollout?.percent !== last || last === undefined)
    return refused(
      `It promotes the canary at ${shareOf(rollout)}. Expected: all steps first, one commit each; the last one is ${last ?? "not known"} %.`,
    );
  return { kind: "promotion" };
}

/** The same canary: the one line that may change is `percent`. */
function otherShare(before: LiveFolders, after: LiveFolders): CanaryChange {
  const [was, now] = [before.rollout?.rollout, after.rollout!.rollout!];
  if (before.champion !== after.champion)
    return refused("It changes champion/ and the share of the canary in one commit. Expected: one of the two.");
  if (was === null || was === undefined)
    return refused(
      "The base branch has a rollout.yaml that cannot be read, so no share follows it. Expected: the canary is stopped.",
    );
  const expected = before.rollout!.text.replace(/^percent: .*$/m, `percent: ${now.percent}`);
  if (after.rollout!.text !== expected)
    return refused(
      `It changes more of rollout.yaml than the value of \`percent\`. Expected: that one line, ${nextWords(was)}.`,
    );
  const [from, to] = [was.steps.indexOf(was.percent), was.steps.indexOf(now.percent)];
  if (to < from) return { kind: "back", from: was.percent, to: now.percent };
  if (to === from + 1) return { kind: "step", from: was.percent, to: now.percent };
  return refused(
    `It raises \`percent\` from ${was.percent} to ${now.percent} and leaves steps out. Expected: ${nextWords(was)}.`,
  );
}

/** A promotion that is reverted brings the canary back as it was, and the champion that it was compared with. */
function takenBack(
  before: LiveFolders,
  after: LiveFolders,
  { parentOf, promotedWith }: CanaryChangeFacts,
): CanaryChange {
  const parent = parentOf(after.canary!);
  if (parent === null || after.champion !== parent)
    return refused(
      `It makes the champion a canary. Expected: the revert of its promotion, which brings back the champion ${parent ?? "before it"}.`,
    );
  if (promotedWith(before.champion!) !== after.rollout!.text)
    return refused(
      "It takes a promotion back with another rollout.yaml. Expected: the one that the promotion removed, as it was.",
    );
  return { kind: "unpromotion" };
}

function nextWords({ steps, percent }: Rollout): string {
  const next = steps[steps.indexOf(percent) + 1];
  return next === undefined ? "an earlier step, or the promotion" : `\`percent: ${next}\`, or an earlier step`;
}

const shareOf = (file: RolloutFile | null) =>
  file?.rollout ? `${file.rollout.percent} %` : "a share that cannot be read";

/** The keys in which a rollout is not what policy and comparison give, each a sentence; empty: it is. Pure. */
export function rolloutProblems(found: Rollout, expected: Rollout): string[] {
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])] as (keyof Rollout)[];
  const words = (value: Rollout[keyof Rollout]) =>
    value === undefined ? "nothing" : Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
  return keys
    .filter((key) => words(found[key]) !== words(expected[key]))
    .map(
      (key) =>
        `\`${key}\` in rollout.yaml is ${words(found[key])}. Expected: ${words(expected[key])}, ${sourceOf(key)}.`,
    );
}

function sourceOf(key: keyof Rollout): string {
  if (key === "percent") return "the first step";
  return key === "loss" || key === "scale" ? "by the comparison" : "as `canary` in model.yaml of the base branch says";
}
