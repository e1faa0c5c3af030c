import { describe, expect, it } from "vitest";
import type { PairedComparison } from "../statistics/compare-paired.ts";
import { normalSf } from "../statistics/special/normal.ts";
import { runTests } from "./run-tests.ts";

/** As the normal approximation has it. */
function compared(improvement: number, standardError: number, metric: PairedComparison["metric"] = "rocAuc") {
  const reach = 1.6448536269514722 * standardError;
  return {
    metric,
    champion: 0.8,
    challenger: 0.8 + improvement,
    improvement,
    interval: [improvement - reach, improvement + reach],
    standardError,
    pSuperior: normalSf(improvement / standardError),
    pInferior: normalSf(-improvement / standardError),
    method: "delong",
  } satisfies PairedComparison;
}
const same: PairedComparison = {
  ...compared(0, 0.01),
  interval: null,
  standardError: null,
  pSuperior: null,
  pInferior: null,
  method: "none",
  reason: "no-information",
};
const untestable: PairedComparison = { ...same, reason: "too-few-rows" };

const guarded = { refresh: "guarded", alpha: 0.02 } as const;
const outcome = (tests: ReturnType<typeof runTests>) => tests.map(({ against, passed }) => [against, passed]);

describe("the guard of a refresh", () => {
  it.each<[why: string, champion: PairedComparison, passed: boolean]>([
    ["a little better", compared(0.01, 0.02), true],
    ["a little worse, as chance has it", compared(-0.03, 0.02), true],
    ["worse beyond chance", compared(-0.04, 0.02), false],
    ["a holdout that shows a harm of 0.1", compared(0, 0.0402), true],
    ["a holdout that does not", compared(0, 0.0403), false],
    ["a holdout that does not, though it was better and a harm is ruled out", compared(0.05, 0.09), true],
    ["a holdout that does not, and it is not ruled out either", compared(0.05, 0.092), false],
    ["the same answers", same, true],
    ["no test is possible", untestable, false],
    ["not in [0, 1]: a fifth of the champion's value is shown", compared(0, 0.0643, "rmse"), true],
    ["not in [0, 1]: it is not", compared(0, 0.0644, "rmse"), false],
  ])("%s", (_why, champion, passed) => {
    expect(outcome(runTests("refresh", { champion, anchor: null }, guarded))).toEqual([["champion", passed]]);
  });

  it.each<[why: string, champion: PairedComparison, anchor: PairedComparison, tests: unknown[]]>([
    ["is asked when the champion is not beaten", compared(0.01, 0.02), compared(0, 0.02), [true, true]],
    ["holds back what is worse than it", compared(0.01, 0.02), compared(-0.05, 0.02), [true, false]],
    ["has no say about what beats the champion", compared(0.17, 0.02), compared(-0.05, 0.02), [true]],
  ])("the anchor %s", (_why, champion, anchor, tests) => {
    expect(runTests("refresh", { champion, anchor }, guarded).map(({ passed }) => passed)).toEqual(tests);
  });
});

describe("the proof of a refresh", () => {
  const proven = { refresh: "proven", alpha: 0.02 } as const;

  it.each<[why: string, champion: PairedComparison, margin: number | undefined, passed: boolean]>([
    ["a worse one than by the margin is ruled out", compared(0.01, 0.01), undefined, true],
    ["it is not", compared(0.006, 0.01), undefined, false],
    ["a holdout that can show little is not asked for less", compared(0, 0.05), undefined, false],
    ["a wider margin", compared(0, 0.05), 0.1, true],
    ["the same answers", same, undefined, true],
  ])("%s", (_why, champion, margin, passed) => {
    expect(outcome(runTests("refresh", { champion, anchor: null }, { ...proven, margin }))).toEqual([
      ["champion", passed],
    ]);
  });
});

describe("the other kinds", () => {
  it("a change must be better at the alpha that is left, whatever the anchor", () => {
    const anchor = compared(-0.05, 0.02);

    expect(outcome(runTests("change", { champion: compared(0.042, 0.02), anchor }, guarded))).toEqual([
      ["champion", true],
    ]);
    expect(outcome(runTests("change", { champion: compared(0.041, 0.02), anchor }, guarded))).toEqual([
      ["champion", false],
    ]);
  });

  it("a first model is tested against nobody", () => {
    expect(runTests("first-model", { champion: compared(0, 1), anchor: null }, guarded)).toEqual([]);
    expect(runTests("contract-change", { champion: compared(0, 1), anchor: null }, guarded)).toEqual([]);
  });
});
