import { expect, it } from "vitest";
import { attemptOf } from "./attempt-of.ts";
import { rowOf } from "./ledger-row.fixture.ts";

const looks = [
  rowOf("look", { inputDigest: "a", policyDigest: "p" }),
  rowOf("look", { inputDigest: "b", policyDigest: "p" }),
  rowOf("look", { inputDigest: "a", policyDigest: "q" }),
  rowOf("look", { inputDigest: "a", parent: "v1", policyDigest: "q" }),
];

it.each<[why: string, inputDigest: string, parent: string | null, policyDigest: string, attempt: number]>([
  ["inputs that nobody has judged", "c", null, "p", 1],
  ["the first comparison of these inputs", "a", null, "p", 1],
  ["the same with other gates", "a", null, "q", 2],
  ["with gates that it was not compared with yet", "a", null, "r", 3],
  ["against another champion", "a", "v1", "q", 1],
])("%s", (_why, inputDigest, parent, policyDigest, attempt) => {
  expect(attemptOf(looks, { inputDigest, parent, policyDigest })).toBe(attempt);
});
