import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { editDistance, nearest } from "./nearest.ts";

describe("nearest", () => {
  const known = ["cooldownHours", "maxAgeDays", "maxPerWeek", "minNewRows", "time", "key"];

  it.each<[word: string, meant: string | undefined]>([
    ["cooldownHour", "cooldownHours"],
    ["cooldown_hours", "cooldownHours"],
    ["cooldown-hours", "cooldownHours"],
    ["COOLDOWNHOURS", "cooldownHours"],
    ["mxaAgeDays", "maxAgeDays"],
    ["tiem", "time"],
    ["ky", "key"],
    ["owner", undefined],
    ["", undefined],
    ["__", undefined],
    ["x".repeat(100_000), undefined],
  ])("%s", (word, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });
});

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
    ["ab", "ba", 1],
    ["abcd", "acbd", 1],
    // Optimal string alignment edits no part twice; full Damerau-Levenshtein would say 2.
    ["ca", "abc", 3],
  ])("%s to %s is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it("is symmetric, 0 only for equal words, and at most the longer word", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
