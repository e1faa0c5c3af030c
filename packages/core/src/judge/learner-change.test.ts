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
});
