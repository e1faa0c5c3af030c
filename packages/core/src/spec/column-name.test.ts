import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../report/hostile-text.fixture.ts";
import { columnNameKey, columnNameProblem } from "./column-name.ts";

describe("the name of a column", () => {
  it.each([
    ["letters of any script", "Zahlt zurück? 東 می‌خواهم"],
    ["an emoji of several characters", "👩‍🔬"],
    ["a line break, as spreadsheets have them", "Price\n(USD)"],
    ["what means something to SQL, a shell, Markdown and a runner", `"; DROP TABLE x; -- $(id) <b>| ::set-output::`],
    ["a long question", "x".repeat(1000)],
  ])("may have %s", (_what, name) => {
    expect(columnNameProblem(name)).toBeNull();
  });

  it.each([
    ["a zero byte", "a\0b", 'is named "a\\u0000b", with the control character U+0000'],
    ["an escape code", "\u001B[31mred", 'is named "\\u001b[31mred", with the control character U+001B'],
    ["a control character of the upper half", "a\u009Bb", 'is named "a\\u009bb", with the control character U+009B'],
    ["half a character", "a\uD83D", "with the control character U+D83D"],
    ["a change of direction", "a\u202Eb", 'is named "a\\u202eb", where U+202E turns the direction of reading'],
    ["an isolate", "a\u2066b", "U+2066 turns the direction of reading"],
    ["no character", "", 'is named "", in which nothing can be seen'],
    ["blanks only", " \u00A0\t", "in which nothing can be seen"],
    ["a zero-width space only", "\u200B", 'is named "\\u200b", in which nothing can be seen'],
    ["a character outside of the first plane that cannot be seen", "\u{E0001}", 'is named "\\udb40\\udc01"'],
    ["a whole row", "x".repeat(1001), "has a name of 1001 characters; 1000 are possible"],
  ])("has not %s", (_what, name, problem) => {
    expect(columnNameProblem(name)).toContain(problem);
  });

  it.each([
    ["case", "Price", "PRICE"],
    ["white space", "price (usd)", " price\n(usd) "],
    ["what cannot be seen", "amount", "am\u200Bount"],
    ["an accent in two forms", "caf\u00E9", "cafe\u0301"],
  ])("looks like another one but for %s", (_what, one, other) => {
    expect(columnNameKey(one)).toBe(columnNameKey(other));
  });

  it.each([
    ["ß", "ss"],
    ["a_1", "a"],
    ["a-1", "a1"],
  ])("%s does not look like %s", (one, other) => {
    expect(columnNameKey(one)).not.toBe(columnNameKey(other));
  });

  it("is told in letters that all show, whatever it holds", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const problem = columnNameProblem(name) ?? "";
        expect(problem).not.toMatch(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029\n]/u);
        expect(problem.length).toBeLessThan(800);
      }),
    );
  });
});
