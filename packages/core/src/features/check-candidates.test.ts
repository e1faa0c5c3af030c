import { describe, expect, it } from "vitest";
import { checkCandidateColumns } from "./check-candidates.ts";
import type { FeatureSpec } from "./feature-spec.ts";

const fitted: Pick<FeatureSpec, "features" | "inputs" | "ignored"> = {
  inputs: [
    { name: "age", type: "number" },
    { name: "plan", type: "string" },
    { name: "joined", type: "date" },
  ],
  features: [
    { kind: "numeric", name: "age", input: "age" },
    { kind: "categorical", name: "plan", input: "plan", levels: ["a", "b"] },
    { kind: "datetimePart", name: "joined.month", input: "joined", part: "month" },
  ],
  ignored: [
    { name: "churned", reason: "target" },
    { name: "cost", reason: "excluded" },
    { name: "country", reason: "constant" },
  ],
};

const check = (settings: object) => () =>
  checkCandidateColumns([{ learner: "linear" }, { learner: "gbdt", ...settings }], fitted);

describe("columns that settings of a candidate name", () => {
  it.each<[what: string, settings: object]>([
    ["none", {}],
    ["a number", { monotone: { age: "increasing" }, interactions: [["age", "plan"], ["joined"]] }],
    ["a part of a date", { monotone: { "joined.month": "decreasing" }, interactions: [["joined.month"]] }],
    ["a column that was constant in these rows", { monotone: { country: "increasing" }, interactions: [["country"]] }],
  ])("may be %s", (_what, settings) => {
    expect(check(settings)).not.toThrow();
  });

  it.each<[what: string, settings: object, code: string, words: string]>([
    [
      "an unknown one",
      { monotone: { agee: "increasing" }, interactions: [["plan", "jioned"]] },
      "unknown-column",
      '`candidates[1].monotone` names "agee", which is not a column of the prepared data: did you mean "age"?\n' +
        '`candidates[1].interactions` names "jioned", which is not a column of the prepared data: did you mean "joined"?\n' +
        'The columns are "age", "plan", "joined", "churned", "cost", "country".',
    ],
    [
      "an order of categories",
      { monotone: { plan: "increasing" } },
      "feature-conflict",
      '`candidates[1].monotone` names "plan", whose categories have no order.',
    ],
    [
      "a whole date",
      { monotone: { joined: "increasing" } },
      "feature-conflict",
      '`candidates[1].monotone` names "joined", a date, of which only calendar parts are features; name one, such as "joined.month".',
    ],
    [
      "the target",
      { interactions: [["age", "churned"]] },
      "feature-conflict",
      '`candidates[1].interactions` names "churned", which is not a feature (target).',
    ],
    [
      "an excluded one",
      { monotone: { cost: "decreasing" } },
      "feature-conflict",
      '`candidates[1].monotone` names "cost", which is not a feature (excluded).',
    ],
  ])("must not be %s", (_what, settings, code, words) => {
    expect(check(settings)).toThrow(expect.objectContaining({ code, message: words }));
  });
});
