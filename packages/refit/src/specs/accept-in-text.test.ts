import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { acceptInText } from "./accept-in-text.ts";

const entry = { column: "hours", finding: "unit-change", reason: "new meter" };
const line = '{ column: hours, finding: unit-change, reason: "new meter" }';
const accept = (text: string) => acceptInText(text, entry, line);
const source = "sources: # where\n  - { path: 'a.csv' }\n";

describe("acceptInText", () => {
  it.each<[layout: string, before: string, after: string]>([
    ["no checks", source, `${source}checks:\n  accept:\n    - ${line}\n`],
    ["no line end", "sources: []", `sources: []\nchecks:\n  accept:\n    - ${line}\n`],
    [
      "checks in the middle, with comments",
      `checks: # strict\n    minRows: 10   # at least\n    # later\n\nsensitive: []\n`,
      `checks: # strict\n    minRows: 10   # at least\n    accept:\n      - ${line}\n    # later\n\nsensitive: []\n`,
    ],
    ["checks on one line", `checks: { minRows: 10 } # x\n`, `checks: { minRows: 10, accept: [${line}] } # x\n`],
    ["empty checks", `checks: {}\n`, `checks: {accept: [${line}]}\n`],
    [
      "checks without a value",
      `checks:   # none\nsensitive: []\n`,
      `checks:   # none\n  accept:\n    - ${line}\nsensitive: []\n`,
    ],
    ["an empty list", `checks:\n  accept: []\n`, `checks:\n  accept: [${line}]\n`],
    [
      "accept without a value",
      `checks:\n  accept:\n  minRows: 1\n`,
      `checks:\n  accept:\n    - ${line}\n  minRows: 1\n`,
    ],
    [
      "entries below each other, not indented",
      `checks:\n  accept:\n  - column: a # one\n    finding: all-null\n    reason: gone # yes\n  minRows: 1\n`,
      `checks:\n  accept:\n  - column: a # one\n    finding: all-null\n    reason: gone # yes\n  - ${line}\n  minRows: 1\n`,
    ],
    [
      "entries on one line",
      `checks:\n  accept: [ { column: a, finding: all-null, reason: gone } ]\n`,
      `checks:\n  accept: [ { column: a, finding: all-null, reason: gone }, ${line} ]\n`,
    ],
    [
      "a reason over several lines",
      `checks:\n  accept:\n    - column: a\n      finding: all-null\n      reason: |\n        gone\n        for good\n\nsensitive: []\n`,
      `checks:\n  accept:\n    - column: a\n      finding: all-null\n      reason: |\n        gone\n        for good\n    - ${line}\n\nsensitive: []\n`,
    ],
    [
      "accepted before, for another reason",
      `checks:\n  accept:\n    - { column: hours, finding: unit-change, reason: "?" } # Ada\n`,
      `checks:\n  accept:\n    - ${line} # Ada\n`,
    ],
    [
      "another finding of the same column",
      `checks:\n  accept:\n    - { column: hours, finding: all-null, reason: gone }\n`,
      `checks:\n  accept:\n    - { column: hours, finding: all-null, reason: gone }\n    - ${line}\n`,
    ],
    [
      "the same finding of another column, with a # that is no comment",
      `checks:\n  accept: [{ column: "#", finding: unit-change, reason: gone }]\n`,
      `checks:\n  accept: [{ column: "#", finding: unit-change, reason: gone }, ${line}]\n`,
    ],
    ["accepted already", `checks:\n  accept:\n    - ${line}\n`, `checks:\n  accept:\n    - ${line}\n`],
    [
      "lines that end in CR LF",
      `checks:\r\n  minRows: 1\r\n`,
      `checks:\r\n  minRows: 1\r\n  accept:\r\n    - ${line}\r\n`,
    ],
  ])("%s", (_layout, before, after) => {
    expect(accept(before)).toBe(after);
  });

  it.each([
    ["a list over several lines", `checks:\n  accept: [\n    # none yet\n  ]\nlater: 1 # kept\n`],
    [
      "an entry in lines, accepted before",
      `checks:\n  accept:\n    - column: hours # kept\n      finding: unit-change\n      reason: "?"\n`,
    ],
    ["a key that is written as `? checks`", `? checks\n: minRows: 1 # kept\nsources: []\n`],
    ["all on one line", `{ sources: [a], checks: { minRows: 1 } } # kept\n`],
  ])("writes %s anew, with its comments", (_layout, before) => {
    const after = accept(before);

    expect((parse(after) as { checks: { accept: unknown[] } }).checks.accept).toEqual([entry]);
    expect(after).toMatch(/# (kept|none yet)/);
  });
});
