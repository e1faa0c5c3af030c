import { describe, expect, it } from "vitest";
import { learners } from "../learners/learners.fixture.ts";
import { checkModelSpec } from "./check-model-spec.ts";

const valid = {
  task: "binary",
  data: "churn",
  target: "churned",
  candidates: [{ learner: "gbdt" }],
  metrics: { primary: "rocAuc" },
  gates: [{ metric: "rocAuc", min: 0.7 }],
};

describe("labels in model.yaml", () => {
  it.each<[why: string, change: object, messages: string[]]>([
    [
      "labels that name no answer",
      { labels: { data: "outcomes", time: "known" } },
      [expect.stringMatching(/^labels: does not say which answer a label is about: write `id: <column>`/)],
    ],
    [
      "labels that name it twice",
      { key: "customer", labels: { data: "outcomes", id: "request", key: true, time: "known" } },
      ["labels.key: and id both say which answer a label is about; remove one of the two"],
    ],
    [
      "labels by a key that there is not",
      { labels: { data: "outcomes", key: true, time: "known" } },
      [expect.stringMatching(/^labels\.key: needs the model's `key`/)],
    ],
    [
      "the time of labels as what came",
      { labels: { data: "outcomes", id: "request", time: "churned" } },
      ["labels.time: is also the column with the label; name another column"],
    ],
    [
      "the key as what came",
      { key: "customer", labels: { data: "outcomes", key: true, target: "customer", time: "known" } },
      ['labels.target: "customer" says which answer a label is about; name another column'],
    ],
    [
      "a mistyped key of labels",
      { labels: { data: "outcomes", id: "request", tim: "known" } },
      ['labels.tim: unknown key; did you mean "time"?'],
    ],
    [
      "key: false",
      { labels: { data: "outcomes", key: false, time: "known" } },
      [expect.stringMatching(/^labels\.key: expected /)],
    ],
  ])("refuses %s", (_why, change, messages) => {
    const checked = checkModelSpec({ ...valid, ...change }, learners);

    expect(checked.ok ? [] : checked.problems.map(({ message }) => message)).toEqual(messages);
  });
});
