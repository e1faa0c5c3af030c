import { describe, expect, it } from "vitest";
import { mayBeProposed } from "./may-be-proposed.ts";

describe("mayBeProposed", () => {
  it.each([
    ["promote", true],
    ["inconclusive", true],
    ["hold", false],
    ["block", false],
    ["a verdict of later", false],
    [undefined, false],
  ])("%s: %s", (verdict, expected) => {
    expect(mayBeProposed(verdict)).toBe(expected);
  });
});
