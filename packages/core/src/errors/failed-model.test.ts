import { expect, it } from "vitest";
import { isOfOneModel } from "./failed-model.ts";

it.each([
  ["command-failed", true],
  ["spec-invalid", true],
  ["too-few-rows", true],
  ["source-unreachable", true],
  ["branch-checked-out", true],
  ["push-rejected", true],
  ["git-identity", false],
  ["forge-unavailable", false],
  ["token-read-only", false],
  ["ledger-protected", false],
  ["remote-unreachable", false],
])("%s is of one model: %s", (code, expected) => {
  expect(isOfOneModel({ code })).toBe(expected);
});
