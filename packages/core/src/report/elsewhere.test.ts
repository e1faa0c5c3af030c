import { describe, expect, it } from "vitest";
import type { Comparison } from "../judge/comparison.ts";
import { judge } from "../judge/judge.ts";
import { elsewhereClauses, learnedWords, scoredRows } from "./elsewhere.ts";
import { headline } from "./headline.ts";
import { compare, inputOf } from "./report.fixture.ts";
import { terminalText } from "./terminal-text.ts";

const until = "2026-01-31T23:59:59.999Z";
const facts = (change: Partial<NonNullable<Comparison["elsewhere"]>>): Comparison => {
  const none = { challenger: null, champion: null, isChampion: false };
  return compare({ elsewhere: { ...none, ...change } });
};

describe("what is declared of models that were trained elsewhere", () => {
  it.each<[what: string, comparison: Comparison, clause: RegExp, rows: RegExp]>([
    [
      "a challenger",
      facts({ challenger: { trainedUntil: until, maySeen: 0 } }),
      /^it was trained elsewhere: that it has learned from no row after 2026-01-31 is declared, not measured$/,
      /^\d+ unseen rows$/,
    ],
    [
      "an import of which nobody says anything",
      facts({ challenger: { trainedUntil: null, maySeen: 9 } }),
      /nobody has said until when, so it may have seen all of these rows: its numbers may be too good/,
      /^\d+ rows$/,
    ],
    [
      "an import with too few newer rows",
      facts({ challenger: { trainedUntil: until, maySeen: 9 } }),
      /may have seen 9 of these rows, so its numbers may be too good; that .* 2026-01-31 is declared, not measured/,
      /^\d+ rows$/,
    ],
    [
      "a champion that has seen none of them",
      facts({ champion: { trainedUntil: until, maySeen: 0 } }),
      /^the champion was trained elsewhere: that .* 2026-01-31 is declared, not measured$/,
      /^\d+ unseen rows$/,
    ],
    [
      "a champion that may have seen some",
      facts({ champion: { trainedUntil: until, maySeen: 9 } }),
      /^the champion may have seen 9 of these \d+ rows, which favours it: it was trained elsewhere; that/,
      /^\d+ rows that the challenger has not seen$/,
    ],
    [
      "a champion that may have seen all",
      facts({ champion: { trainedUntil: null, maySeen: 9 } }),
      /^the champion may have seen these \d+ rows, which favours it: .* nobody has said until when$/,
      /^\d+ rows that the challenger has not seen$/,
    ],
  ])("%s", (_what, comparison, clause, rows) => {
    const clauses = elsewhereClauses(comparison).map(terminalText);

    expect(clauses).toEqual([expect.stringMatching(clause)]);
    expect(scoredRows(comparison)).toMatch(rows);
    // Above the tables, whatever the verdict.
    expect(headline(inputOf(comparison)).objections.map(terminalText)).toContain(clauses[0]);
  });

  it("is nothing where refit has trained both", () => {
    expect(elsewhereClauses(compare())).toEqual([]);
  });

  it("holds back a model that is live already, whatever its numbers", () => {
    const comparison = facts({ challenger: { trainedUntil: until, maySeen: 0 }, isChampion: true });
    const verdict = judge({ ...comparison, metrics: comparison.metrics.slice(0, 0) }, [{ metric: "rocAuc", min: 0 }]);
    const held = judge(comparison, [{ metric: "rocAuc", min: 0 }]);

    expect(held).toMatchObject({ kind: "hold", because: expect.arrayContaining([{ kind: "same-model" }]) });
    expect(verdict.kind).toBe("block");
    expect(terminalText(headline({ ...inputOf(comparison), verdict: held }).verdict)).toContain("it is the champion");
  });
});

describe("how far a version has learned", () => {
  it.each<[isDeclared: boolean, until: string | null, words: string | null]>([
    [false, until, "learned until 2026-01-31"],
    [true, until, "learned until 2026-01-31 (declared)"],
    [true, null, "trained elsewhere, nobody has said until when"],
    [false, null, null],
  ])("declared %s, until %s: %s", (isDeclared, time, words) => {
    expect(learnedWords({ until: time, isDeclared })).toBe(words);
  });
});
