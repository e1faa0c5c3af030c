import { describe, expect, it } from "vitest";
import { anchorBest } from "./anchor-best.ts";
import { refresh, row } from "./comparison.fixture.ts";
import { judge } from "./judge.ts";

const best = { overChampion: 0.04, p: 0.01, overChallenger: 0.02 };

describe("anchorBest", () => {
  it.each<
    [why: string, overChampion: number | undefined, p: number | null, ofChallenger: number | undefined, is: boolean]
  >([
    ["better than both", 0.04, 0.01, -0.02, true],
    ["better than the champion, as good as the challenger", 0.04, 0.05, 0, true],
    ["not shown to be better than the champion", 0.04, 0.06, -0.02, false],
    ["the challenger does better", 0.04, 0.01, 0.001, false],
    ["nothing could be tested", 0.04, null, -0.02, false],
    ["nothing was measured", undefined, null, undefined, false],
  ])("%s", (_why, overChampion, p, ofChallenger, is) => {
    const found = anchorBest({ improvement: overChampion, pSuperior: p }, { improvement: ofChallenger });

    expect(found !== null).toBe(is);
  });
});

describe("a verdict", () => {
  const gates = [{ metric: "rocAuc" as const, maxRegression: 0.1 }];
  const reason = { kind: "anchor-best", ...best };

  it("names the anchor where the challenger is not promoted", () => {
    const shownWorse = { ...row("rocAuc", 0.7, 0.65, -0.05), interval: [-0.08, -0.02] as const };
    const failed = refresh.tests.map((test) => ({ ...test, passed: false }));

    expect(judge({ ...refresh, metrics: [shownWorse], anchor: best }, gates).because).toContainEqual(reason);
    expect(judge({ ...refresh, tests: failed, anchor: best }, gates).because).toContainEqual(reason);
  });

  it("is nobody's business where it is promoted, or blocked", () => {
    expect(judge({ ...refresh, anchor: best }, gates)).toMatchObject({ kind: "promote", because: [] });
    expect(judge({ ...refresh, anchor: best }, []).because).not.toContainEqual(reason);
  });
});
