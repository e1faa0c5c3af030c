import { describe, expect, it } from "vitest";
import type { CandidateSettings } from "./learner-settings.ts";
import { decidesNothing, settlesNothing } from "./validation-use.ts";

const looking = {};
const stopping = { ignoresValidation: (settings: unknown) => (settings as CandidateSettings)["patience"] === 0 };

describe("what the validation rows decide", () => {
  it.each<[why: string, learner: object, candidate: CandidateSettings, others: number, nothing: boolean]>([
    ["one that stops by nothing, alone: nothing", stopping, { learner: "trees", patience: 0 }, 0, true],
    ["when it stops", stopping, { learner: "trees", patience: 5 }, 0, false],
    [
      "how its probabilities are corrected",
      stopping,
      { learner: "trees", patience: 0, calibration: "platt" },
      0,
      false,
    ],
    ["which of two is chosen", stopping, { learner: "trees", patience: 0 }, 1, false],
    ["whatever a learner does with them that does not say it", looking, { learner: "trees", patience: 0 }, 0, false],
  ])("%s", (_why, learner, candidate, others, nothing) => {
    const all = [candidate, ...Array.from({ length: others }, () => ({ learner: "other" }))];

    expect(decidesNothing(learner, all)).toBe(nothing);
  });

  it("settles nothing of one that was chosen among several and stops by nothing", () => {
    expect(settlesNothing(stopping, { learner: "trees", patience: 0 })).toBe(true);
  });
});
