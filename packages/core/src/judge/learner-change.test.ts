import { describe, expect, it } from "vitest";
import { learnerChange } from "./learner-change.ts";

describe("learnerChange", () => {
  const champion = { name: "gbdt", settings: { trees: 200, training: { days: 60 } } };

  it.each([
    ["the same", { learner: "gbdt", trees: 200, training: { days: 60 } }, []],
    ["another learner", { learner: "linear", l2: 1 }, [{ setting: "learner", from: "gbdt", to: "linear" }]],
    ["another window", { learner: "gbdt", trees: 200 }, [{ setting: "training.days", from: "60", to: null }]],
  ])("%s", (_what, chosen, changes) => {
    expect(learnerChange(champion, chosen)).toEqual(changes);
  });

  it("tells which models a search has found, and not their numbers", () => {
    const found = (leaves: number, trees: number) => [{ share: 1, settings: { learner: "gbdt", leaves, trees } }];
    const before = { name: "auto", settings: { models: 3, chosen: found(8, 100) } };
    const after = (leaves: number, trees: number) => ({ learner: "auto", models: 3, chosen: found(leaves, trees) });

    expect(learnerChange(before, after(8, 120))).toEqual([]);
    expect(learnerChange(before, after(63, 120))).toEqual([
      { setting: "chosen", from: '"gbdt of 8 leaves"', to: '"gbdt of 63 leaves"' },
    ]);
  });
});
