import { expect, it } from "vitest";
import { lastBlock } from "./last-block.ts";
import { day, row } from "./ledger-rows.fixture.ts";

const block = row("look", 3, { inputDigest: "bad", verdict: "block" });
const fine = row("look", 1, { inputDigest: "good", verdict: "hold" });

it.each<[why: string, given: Parameters<typeof lastBlock>, expected: ReturnType<typeof lastBlock>]>([
  ["nothing was judged", [[], "now", null], { kind: "none" }],
  ["the last verdict was another one", [[block, row("look", 4, { verdict: "hold" })], "bad", null], { kind: "none" }],
  ["today's inputs are the ones that were judged", [[fine, block], "bad", null], { kind: "stands" }],
  ["today's inputs are new", [[fine, block], "repaired", "live"], { kind: "outdated", at: day(3) }],
  ["data were put back that were judged and not blocked", [[fine, block], "good", null], { kind: "none" }],
  ["data were put back that the champion has learned from", [[block], "live", "live"], { kind: "none" }],
  [
    "data were put back that were blocked, too",
    [[row("look", 2, { inputDigest: "worse", verdict: "block" }), block], "worse", null],
    { kind: "outdated", at: day(3) },
  ],
])("%s", (_why, given, expected) => {
  expect(lastBlock(...given)).toEqual(expected);
});
