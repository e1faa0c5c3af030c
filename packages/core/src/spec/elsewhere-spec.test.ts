import { describe, expect, it } from "vitest";
import { codeOf } from "../learners/command-descriptor.ts";
import { learners } from "../learners/learners.fixture.ts";
import { declaredOf, onnxDescriptor } from "../learners/onnx-descriptor.ts";
import { candidatesOf } from "./candidates-of.ts";
import { checkModelSpec } from "./check-model-spec.ts";

const installed = [...learners, onnxDescriptor];
const onnx = { learner: "onnx", file: "models/churn/onnx/model.onnx", trainedUntil: "2026-03-31" };
const valid = {
  task: "binary",
  data: "churn",
  target: "churned",
  time: "day",
  candidates: [onnx],
  metrics: { primary: "rocAuc" },
  gates: [{ metric: "rocAuc", min: 0.7 }],
};
const messagesOf = (change: object) => {
  const checked = checkModelSpec({ ...valid, ...change }, installed);
  return "problems" in checked ? checked.problems.map(({ message }) => message) : [];
};

describe("a candidate that was trained elsewhere", () => {
  it.each<[why: string, change: object, messages: RegExp[]]>([
    ["with what it needs", {}, []],
    [
      "without anybody's word on what it has learned from",
      { candidates: [{ learner: "onnx", file: "m.onnx" }] },
      [/candidates\[0\].trainedUntil/],
    ],
    ["without time", { time: undefined }, [/candidates\[0\].learner: is judged on rows that are newer .* needs time/]],
    [
      "with no time",
      { candidates: [{ ...onnx, trainedUntil: "last week" }] },
      [/candidates\[0\].trainedUntil: "last week" is not a day such as 2026-03-31/],
    ],
    [
      "with settings of a training",
      { candidates: [{ ...onnx, calibration: "platt", training: { days: 30 } }] },
      [
        /candidates\[0\].calibration: would be fitted to rows/,
        /candidates\[0\].training: is for models that refit trains/,
      ],
    ],
    [
      "outside the repository",
      { candidates: [{ ...onnx, file: "../model.onnx" }] },
      [/candidates\[0\].file: .*leaves the repository/],
    ],
  ])("%s", (_why, change, messages) => {
    expect(messagesOf(change)).toEqual(messages.map((message) => expect.stringMatching(message)));
  });

  it("has one file, and keeps out of the model's own window", () => {
    expect(codeOf(onnx)).toEqual(["models/churn/onnx/model.onnx"]);
    expect(candidatesOf({ candidates: [onnx, { learner: "linear" }], training: { days: 30 } })).toEqual([
      onnx,
      { learner: "linear", training: { days: 30 } },
    ]);
  });

  it("is declared until the end of a day", () => {
    expect(declaredOf(onnx)).toEqual({ by: "candidate", trainedUntil: "2026-03-31T23:59:59.999Z" });
    expect(declaredOf({ learner: "linear" })).toBeNull();
  });
});
