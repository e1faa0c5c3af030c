import { describe, expect, it } from "vitest";
import { visibleText } from "./visible-text.ts";

describe("text that a reader sees", () => {
  it.each([
    ["short", "short"],
    ["four", "four"],
    ["", ""],
    ["a b", "a b"],
    ["a  b", "a b"],
    [" a b", "a b"],
    ["a b ", "a b"],
    ["a\n", "a"],
    ["a\u007F", "a"],
    ["a b cd", "a b …"],
    ["Größe", "Größe"],
    ["a\n\t b\u200B\u202E", "a b"],
    ["abcdefgh", "abcd…"],
    ["👩👩👩👩👩", "👩👩👩👩👩"],
    ["👩👩👩👩👩👩", "👩👩👩👩…"],
    ["👩".repeat(100_000), "👩👩👩👩…"],
    [`abcd${"👩".repeat(9)}`, "abcd…"],
  ])("%j of at most five code points", (text, shown) => {
    expect(visibleText(text, 5)).toBe(shown);
  });
});
