import { describe, expect, it } from "vitest";
import { learners } from "../learners/learners.fixture.ts";
import type { LearnerDescriptor } from "../learners/learner-settings.ts";
import { checkModelSpec } from "./check-model-spec.ts";

const auto: LearnerDescriptor = {
  name: "auto",
  algorithmVersion: 1,
  description: "Chooses.",
  settings: { models: { type: "integer", minimum: 1, maximum: 3, default: 3, description: "Most models." } },
};
const installed = [...learners, auto];

function check(candidates: unknown, all: readonly LearnerDescriptor[] = installed) {
  const document = {
    task: "binary",
    data: "churn",
    target: "churned",
    candidates,
    metrics: { primary: "rocAuc" },
    gates: [{ metric: "rocAuc", min: 0.7 }],
  };
  const checked = checkModelSpec(document, all);
  return checked.ok ? checked.value.candidates : checked.problems.map(({ message }) => message);
}

describe("candidates: auto", () => {
  it("is short for the one candidate", () => {
    expect(check("auto")).toEqual([{ learner: "auto", models: 3 }]);
    expect(check("auto")).toEqual(check([{ learner: "auto" }]));
  });

  it("may stand beside others", () => {
    expect(check([{ learner: "auto", models: 1 }, { learner: "linear" }])).toMatchObject([
      { learner: "auto", models: 1 },
      { learner: "linear" },
    ]);
  });

  it.each<[candidates: unknown, messages: string[]]>([
    ["atuo", ['candidates: expected a list of at least one map, or "auto", found the text "atuo"']],
    [[], ['candidates: expected a list of at least one map, or "auto", found an empty list']],
    [["auto"], ['candidates[0]: expected a map, found the text "auto"']],
    [[{ learner: "auto", models: 4 }], ["candidates[0].models: expected a whole number from 1 to 3, found 4"]],
    [[{ learner: "auto", model: 2 }], ['candidates[0].model: unknown key; did you mean "models"?']],
    [[{ learner: "auto", chosen: [] }], [expect.stringMatching(/^candidates\[0\]\.chosen: unknown key/) as never]],
  ])("%j is told", (candidates, messages) => {
    expect(check(candidates)).toEqual(messages);
  });

  it("is not offered where the learner is not installed", () => {
    expect(check("auto", learners)).toEqual(['candidates: expected a list of at least one map, found the text "auto"']);
  });
});
