import { describe, expect, it } from "vitest";
import { judgeApprovals, type ApprovalRule, type Review, type ReviewedCommit } from "./judge-approvals.ts";

const commit = "a".repeat(40);
const review = (login: string, change: Partial<Review> = {}): Review => ({
  login,
  word: "approved",
  commit,
  mayWrite: true,
  ...change,
});
const two: ApprovalRule = { needed: 2, from: [] };
const risk = new Map<string, readonly string[] | null>([["acme/risk", ["Bob", "cy"]]]);

describe("judgeApprovals", () => {
  it.each<
    [why: string, rule: ApprovalRule, seen: Partial<ReviewedCommit>, by: string[], enough: boolean, note: RegExp | null]
  >([
    ["two of two", two, { reviews: [review("ada"), review("bob")] }, ["ada", "bob"], true, null],
    ["one short", two, { reviews: [review("ada")] }, ["ada"], false, null],
    ["nobody", two, {}, [], false, null],
    [
      "an earlier commit",
      two,
      { reviews: [review("ada"), review("bob", { commit: "b".repeat(40) })] },
      ["ada"],
      false,
      /bob has approved bbbbbbbbbb/,
    ],
    [
      "a commit that is gone",
      two,
      { reviews: [review("ada"), review("bob", { commit: null })] },
      ["ada"],
      false,
      /another commit/,
    ],
    [
      "an author, in other letters",
      two,
      { authors: ["BOB"], reviews: [review("ada"), review("bob")] },
      ["ada"],
      false,
      /bob has made a commit/,
    ],
    [
      "an author whom nobody knows",
      two,
      { authors: [null], reviews: [review("ada"), review("bob")] },
      ["ada", "bob"],
      false,
      /does not know/,
    ],
    [
      "no right to write",
      two,
      { reviews: [review("ada"), review("eve", { mayWrite: false })] },
      ["ada"],
      false,
      /eve may not write/,
    ],
    [
      "a dismissed one",
      two,
      { reviews: [review("ada"), review("bob", { word: "dismissed" })] },
      ["ada"],
      false,
      /dismissed/,
    ],
    [
      "somebody asks for changes",
      { ...two, needed: 1 },
      { reviews: [review("ada"), review("bob", { word: "changes-requested" })] },
      ["ada"],
      false,
      /bob asks for changes/,
    ],
    [
      "a stranger asks for changes",
      { ...two, needed: 1 },
      { reviews: [review("ada"), review("eve", { word: "changes-requested", mayWrite: false })] },
      ["ada"],
      true,
      null,
    ],
    ["a named person", { needed: 1, from: ["Ada"] }, { reviews: [review("ada")] }, ["ada"], true, null],
    ["somebody else", { needed: 1, from: ["ada"] }, { reviews: [review("bob")] }, [], false, /bob is not among/],
    [
      "of a named team",
      { needed: 1, from: ["acme/risk"] },
      { teams: risk, reviews: [review("bob")] },
      ["bob"],
      true,
      null,
    ],
    [
      "of no named team",
      { needed: 1, from: ["acme/risk"] },
      { teams: risk, reviews: [review("ada")] },
      [],
      false,
      /not among/,
    ],
    [
      "a team that cannot be read",
      { needed: 1, from: ["acme/risk"] },
      { teams: new Map([["acme/risk", null]]), reviews: [review("bob")] },
      [],
      false,
      /may not see who is in acme\/risk/,
    ],
  ])("%s", (_why, rule, seen, by, enough, note) => {
    const found = judgeApprovals(rule, { commit, authors: ["refit[bot]"], reviews: [], teams: new Map(), ...seen });

    expect({ by: found.by, enough: found.enough }).toEqual({ by, enough });
    if (note === null) expect(found.notes).toEqual([]);
    else expect(found.notes.join("\n")).toMatch(note);
  });
});
