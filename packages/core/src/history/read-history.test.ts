import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveAt, readHistory } from "./read-history.ts";
import type { FolderCommit, TreeFacts } from "./version.ts";

const MINUTE = 60_000;

/** One commit a minute; `-` removes the folder. */
function commitsOf(trees: string): FolderCommit[] {
  return trees
    .split(" ")
    .filter(Boolean)
    .map((tree, index) => ({
      sha: `commit-${index}`,
      committedAt: (index + 1) * MINUTE,
      author: "Ada",
      subject: "anything",
      treeId: tree === "-" ? null : tree,
    }));
}

/** Trees in capitals are broken; `parents` gives each tree's lineage parent. */
function factsOf(parents: Readonly<Record<string, string>> = {}): (treeId: string) => TreeFacts {
  return (treeId) => ({
    broken: treeId === treeId.toUpperCase() ? "model.json is missing." : null,
    parent: parents[treeId] ?? null,
    inputDigest: `input-${treeId}`,
    newerFormat: treeId.startsWith("new") ? 2 : null,
  });
}

const read = (trees: string, parents = {}) => readHistory(commitsOf(trees), factsOf(parents));

describe("readHistory", () => {
  it.each<[why: string, trees: string, events: string, state: string, champion: string | null]>([
    ["no commit yet", "", "", "none", null],
    ["a first version", "a", "1 promotion", "live", "a"],
    ["versions count up", "a b c", "1 promotion, 2 promotion, 3 promotion", "live", "c"],
    ["content seen before is a rollback", "a b a", "1 promotion, 2 promotion, 1 rollback", "live", "a"],
    ["also two versions back", "a b c a", "1 promotion, 2 promotion, 3 promotion, 1 rollback", "live", "a"],
    ["applied again", "a b a b", "1 promotion, 2 promotion, 1 rollback, 2 rollback", "live", "b"],
    ["a new version after a rollback", "a b a c", "1 promotion, 2 promotion, 1 rollback, 3 promotion", "live", "c"],
    ["broken consumes a number", "a B", "1 promotion, 2 broken", "broken", "a"],
    ["broken, then fixed forward", "a B c", "1 promotion, 2 broken, 3 promotion", "live", "c"],
    ["broken, then restored", "a B a", "1 promotion, 2 broken, 1 rollback", "live", "a"],
    ["broken again is still broken", "a B c B", "1 promotion, 2 broken, 3 promotion, 2 broken", "broken", "c"],
    ["of a newer format, which is not broken", "a new a", "1 promotion, 2 promotion, 1 rollback", "live", "a"],
    ["live in a newer format", "a new", "1 promotion, 2 promotion", "live", "new"],
    ["broken from the start", "A", "1 broken", "broken", null],
    ["a removed folder", "a -", "1 promotion, - retired", "retired", null],
    ["removed, then put back", "a - a", "1 promotion, - retired, 1 rollback", "live", "a"],
    ["removed, then broken: nothing to compare with", "a - B", "1 promotion, - retired, 2 broken", "broken", null],
  ])("%s", (_why, trees, events, state, champion) => {
    const history = read(trees);

    expect(history.events.map((event) => `${event.number ?? "-"} ${event.kind}`).join(", ")).toBe(events);
    expect(history.state).toBe(state);
    expect(history.champion?.treeId ?? null).toBe(champion);
  });

  it("takes a version's commit and facts from its first appearance", () => {
    const [first] = read("a b a").versions;

    expect(first).toMatchObject({
      number: 1,
      treeId: "a",
      sha: "commit-0",
      committedAt: MINUTE,
      inputDigest: "input-a",
    });
  });

  it.each<[why: string, trees: string, minute: number | null]>([
    ["its first appearance", "a b", 2],
    ["its return", "a b a", 3],
    ["untouched by a broken head", "a b C b", 2],
    ["nothing to say without a champion", "a -", null],
  ])("champion since: %s", (_why, trees, minute) => {
    expect(read(trees).champion?.since ?? null).toBe(minute === null ? null : minute * MINUTE);
  });

  it.each<[why: string, trees: string, rolledBack: string]>([
    ["nothing was", "a b c", ""],
    ["the replaced champion", "a b a", "b->a@3"],
    ["not the versions in between", "a b c a", "c->a@4"],
    ["applied again: no longer", "a b a b", ""],
    ["a later version does not clear it", "a b a c", "b->a@3"],
    ["a broken head put right rolls nothing back", "a b C b", ""],
    ["a broken head replaced by an older version does", "a b C a", "b->a@4"],
    ["reverting the first promotion", "a -", "a->nothing@2"],
    ["until it is put back", "a - a", ""],
  ])("rolled back: %s", (_why, trees, expected) => {
    const rolledBack = read(trees).rolledBack;

    expect(
      rolledBack.map(({ version, to, at }) => `${version.treeId}->${to?.treeId ?? "nothing"}@${at / MINUTE}`).join(" "),
    ).toBe(expected);
  });

  it.each<[why: string, trees: string, parents: Record<string, string>, stale: string]>([
    ["each judged against the one before", "a b c", { b: "a", c: "b" }, ""],
    ["two proposals judged against one champion", "a b c", { b: "a", c: "a" }, "c"],
    ["a first model that was not first", "a b", {}, "b"],
    ["a parent that was never there", "a", { a: "z" }, "a"],
    ["after a broken head the last valid one counts", "a B c", { c: "a" }, ""],
    ["a rollback is judged by nobody", "a b a", { b: "a" }, ""],
  ])("stale: %s", (_why, trees, parents, stale) => {
    expect(
      read(trees, parents)
        .stale.map((version) => version.treeId)
        .join(" "),
    ).toBe(stale);
  });

  const anyTrees = fc.array(fc.constantFrom("a", "b", "c", "d", "E", "F", "-"), { maxLength: 20 });

  it("numbers first appearances one by one, and asks for each tree once", () => {
    fc.assert(
      fc.property(anyTrees, (trees) => {
        const asked: string[] = [];
        const history = readHistory(commitsOf(trees.join(" ")), (treeId) => {
          asked.push(treeId);
          return factsOf()(treeId);
        });

        const appeared = [...new Set(trees.filter((tree) => tree !== "-"))];
        expect(history.versions.map((version) => version.treeId)).toEqual(appeared);
        expect(history.versions.map((version) => version.number)).toEqual(appeared.map((_, index) => index + 1));
        expect(asked).toEqual(appeared);
      }),
    );
  });

  it("never changes its mind: the past of a longer history is the shorter one", () => {
    fc.assert(
      fc.property(anyTrees, fc.nat(20), (trees, cut) => {
        const whole = read(trees.join(" "));
        const past = read(trees.slice(0, cut).join(" "));

        expect(whole.events.slice(0, cut)).toEqual(past.events);
        expect(whole.versions.slice(0, past.versions.length)).toEqual(past.versions);
        expect(liveAt(whole, cut * MINUTE)).toEqual({ champion: past.champion, state: past.state });
      }),
    );
  });

  it("never compares with a broken version, and always has the live one", () => {
    fc.assert(
      fc.property(anyTrees, (trees) => {
        const { champion, state, events } = read(trees.join(" "));

        expect(champion?.broken ?? null).toBeNull();
        if (state === "live") expect(champion?.treeId).toBe(events.at(-1)?.treeId);
        if (state === "retired" || state === "none") expect(champion).toBeNull();
      }),
    );
  });
});

describe("liveAt", () => {
  it.each<[why: string, minute: number, champion: string | null, state: string]>([
    ["before the first commit", 0.5, null, "none"],
    ["at the instant of a commit", 1, "a", "live"],
    ["between commits", 2.5, "b", "live"],
    ["while broken", 3, "b", "broken"],
    ["now", 99, null, "retired"],
  ])("%s", (_why, minute, champion, state) => {
    const live = liveAt(read("a b C -"), minute * MINUTE);

    expect({ ...live, champion: live.champion?.treeId ?? null }).toEqual({ champion, state });
  });

  it("lets no commit take effect before the ones under it", () => {
    const [first, second] = commitsOf("a b") as [FolderCommit, FolderCommit];
    const history = readHistory(
      [
        { ...first, committedAt: 10 },
        { ...second, committedAt: 5 },
      ],
      factsOf(),
    );

    expect(liveAt(history, 7).champion).toBeNull();
    expect(liveAt(history, 10).champion?.treeId).toBe("b");
  });
});
