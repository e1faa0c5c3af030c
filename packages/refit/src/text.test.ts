import { describe, expect, it } from "vitest";
import { harmless } from "./text.ts";

describe("harmless", () => {
  it.each([
    ["a colour", "\u001B[31mred", "\\u001b[31mred"],
    ["a carriage return over what stands there", "fine\rfake", "fine\\u000dfake"],
    ["a one-character escape", "\u009B2J", "\\u009b2J"],
    ["a turned direction", "a\u202Eb", "a\\u202eb"],
    ["lines and columns", "a\tb\nc", "a\tb\nc"],
    ["other letters", "ä 日本 – …", "ä 日本 – …"],
  ])("writes %s so that a terminal shows it", (_what, text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  it("leaves JSON what it is", () => {
    const value = { name: "\u009B31m\u202E" };
    expect(JSON.parse(harmless(JSON.stringify(value)))).toEqual(value);
  });
});
