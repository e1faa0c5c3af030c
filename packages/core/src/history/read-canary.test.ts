import { describe, expect, it } from "vitest";
import { readCanary } from "./read-canary.ts";
import { readHistory } from "./read-history.ts";

const MINUTE = 60_000;

/** One commit a minute; `-` removes the folder, a tree in capitals is broken. */
const historyOf = (trees: string) =>
  readHistory(
    trees
      .split(" ")
      .filter(Boolean)
      .map((tree, i) => ({
        sha: `commit-${i}`,
        committedAt: (i + 1) * MINUTE,
        author: "Ada",
        subject: "anything",
        treeId: tree === "-" ? null : tree,
      })),
    (treeId) => ({
      broken: treeId === treeId.toUpperCase() ? "model.json is missing." : null,
      parent: "champion",
      inputDigest: `input-${treeId}`,
      newerFormat: null,
    }),
  );

describe("readCanary", () => {
  it.each<[why: string, canaries: string, champions: string, running: string | null, stopped: string]>([
    ["there was none", "", "a", null, ""],
    ["one runs", "c", "a", "c since 1", ""],
    ["one was stopped", "c -", "a", null, "c at 2"],
    ["one was promoted", "c -", "a c", null, ""],
    ["one was promoted and rolled back", "c -", "a c a", null, ""],
    ["a promotion was reverted", "c - c", "a c a", "c since 3", ""],
    ["one was stopped, and another runs", "c - d", "a", "d since 3", "c at 2"],
    ["one took the place of another", "c d", "a", "d since 2", ""],
    ["a stop was reverted", "c - c", "a", "c since 3", ""],
    ["it was stopped twice", "c - c -", "a", null, "c at 4"],
    ["what runs is broken", "C", "a", "C since 1, broken", ""],
    ["two were stopped", "c - d -", "a", null, "c at 2, d at 4"],
  ])("%s", (_why, canaries, champions, running, stopped) => {
    const found = readCanary(historyOf(canaries), historyOf(champions));
    const { running: one } = found;

    expect(one && `${one.treeId} since ${one.since / MINUTE}${one.broken === null ? "" : ", broken"}`).toBe(running);
    expect(found.stopped.map(({ version, at }) => `${version.treeId} at ${at / MINUTE}`).join(", ")).toBe(stopped);
  });
});
