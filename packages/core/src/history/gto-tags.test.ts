import { describe, expect, it } from "vitest";
import { gtoTags } from "./gto-tags.ts";
import { readHistory } from "./read-history.ts";

/**
 * What GTO 1.10 takes for one of its tags: an artifact, then a version or a stage, either of which `!` takes back,
 * then a counter. Written after gto/constants.py.
 */
const artifact = "(?<artifact>[a-zA-Z0-9](?:[a-zA-Z0-9/_-]*[a-zA-Z0-9])?)";
const number = "(?:0|[1-9]\\d*)";
const grammar = new RegExp(
  `^${artifact}(?:@(?<version>v${number}\\.${number}\\.${number})|#(?<stage>[a-z0-9]+))(?<cancel>!?)(?:#(?<counter>\\d+))?$`,
);

/** One commit a minute; `-` removes the folder, capitals are broken. */
function historyOf(trees: string) {
  const commits = trees.split(" ").map((tree, i) => ({
    sha: `c${i}`,
    committedAt: i * 60_000,
    author: "Ada",
    subject: "x",
    treeId: tree === "-" ? null : tree,
  }));
  const facts = (tree: string) => ({
    broken: /[A-Z]/.test(tree) ? "no" : null,
    parent: null,
    inputDigest: tree,
    newerFormat: tree === "n" ? 2 : null,
  });
  return readHistory(commits, facts);
}

describe("gtoTags", () => {
  it.each<[why: string, trees: string, tags: string]>([
    ["versions are registered, and live in turn", "a b", "m@v1.0.0=c0 m@v2.0.0=c1 m#prod#1=c0 m#prod#2=c1"],
    [
      "a rollback assigns where the version appeared",
      "a b a",
      "m@v1.0.0=c0 m@v2.0.0=c1 m#prod#1=c0 m#prod#2=c1 m#prod#3=c0",
    ],
    ["a broken folder is neither", "a B a", "m@v1.0.0=c0 m#prod#1=c0"],
    ["a broken number is left out", "a B c", "m@v1.0.0=c0 m@v3.0.0=c2 m#prod#1=c0 m#prod#2=c2"],
    ["a removed folder is unassigned", "a - a", "m@v1.0.0=c0 m#prod#1=c0 m#prod!#2=c0 m#prod#3=c0"],
    [
      "all that GTO would come back to is unassigned",
      "a b - b",
      "m@v1.0.0=c0 m@v2.0.0=c1 m#prod#1=c0 m#prod#2=c1 m#prod!#3=c0 m#prod!#4=c1 m#prod#5=c1",
    ],
    ["none before the first valid version", "A", ""],
    [
      "a version of a newer format has no tag, and the others have those that a newer refit gives them",
      "a n b",
      "m@v1.0.0=c0 m@v3.0.0=c2 m#prod#1=c0 m#prod#3=c2",
    ],
  ])("%s", (_why, trees, tags) => {
    const made = gtoTags("m", historyOf(trees));

    expect(made.map(({ name, commit }) => `${name}=${commit}`).join(" ")).toBe(tags);
    for (const { name } of made) expect(name).toMatch(grammar);
  });

  it("dates a tag when it came true, so that GTO's order by time is history's", () => {
    const made = gtoTags("m", historyOf("a b a")).filter(({ name }) => name.includes("#"));

    expect(made.map(({ at }) => at)).toEqual([0, 60_000, 120_000]);
  });

  it("takes a nested model's name as one word", () => {
    const [first] = gtoTags("eu--churn", historyOf("a"));

    expect(grammar.exec(first!.name)?.groups).toMatchObject({ artifact: "eu--churn", version: "v1.0.0" });
  });
});
