import { describe, expect, it } from "vitest";

import { learners } from "../learners/learners.fixture.ts";
import { checkModelSpec } from "./check-model-spec.ts";

const profit = { row: "CASE WHEN answer = label THEN 1 ELSE 0 END", higherIsBetter: true };
const valid = {
  task: "binary",
  data: "churn",
  target: "churned",
  candidates: [{ learner: "gbdt" }],
  metrics: { primary: "rocAuc", also: ["logLoss"] },
  gates: [{ metric: "rocAuc", min: 0.7 }],
};

describe("metrics that model.yaml names and declares", () => {
  it.each<[why: string, change: object, messages: string[]]>([
    [
      "a metric of nobody",
      { metrics: { primary: "rocAux", also: ["gain", "rocAuc"] } },
      [
        'metrics.primary: "rocAux" is not a metric of a binary task; did you mean "rocAuc"?',
        expect.stringMatching(
          /^metrics.also\[0\]: "gain" is not a metric of a binary task; its metrics are rocAuc, .*; one of your own is declared in metrics.own$/,
        ),
      ],
    ],
    [
      "metrics of one's own, measured without a word in also",
      { metrics: { primary: "profit", own: { profit, net_gain: profit } }, gates: [{ metric: "net_gain", min: 0 }] },
      [],
    ],
    [
      "a name close to one of one's own",
      { metrics: { primary: "proft", own: { profit } }, gates: [{ metric: "profit", min: 0 }] },
      ['metrics.primary: "proft" is not a metric of a binary task; did you mean "profit"?'],
    ],
    [
      "names that one's own metrics cannot have",
      { metrics: { primary: "rocAuc", own: { RocAUC: profit, mae: profit, "a b": profit, toString: profit } } },
      [
        'metrics.own.RocAUC: "RocAUC" is the name of a built-in metric, rocAuc; choose another name',
        'metrics.own.mae: "mae" is the name of a built-in metric, mae; choose another name',
        expect.stringMatching(/^metrics.own."a b": "a b" is not a name of a metric: a small letter, then /),
        'metrics.own.toString: "toString" is a reserved name in JavaScript; choose another name',
      ],
    ],
    [
      "a metric of one's own without a direction",
      { metrics: { primary: "rocAuc", own: { profit: { row: "1" } } } },
      [expect.stringMatching(/^metrics.own.profit.higherIsBetter: /)],
    ],
    [
      "an unknown key of one",
      { metrics: { primary: "rocAuc", own: { profit: { ...profit, higherIsBeter: true } } } },
      ['metrics.own.profit.higherIsBeter: unknown key; did you mean "higherIsBetter"?'],
    ],
  ])("%s", (_why, change, messages) => {
    const checked = checkModelSpec({ ...valid, ...change }, learners);

    expect(checked.ok ? [] : checked.problems.map(({ message }) => message)).toEqual(messages);
  });
});
