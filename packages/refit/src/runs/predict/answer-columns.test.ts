import { describe, expect, it } from "vitest";
import { answerColumns, answerValues, keptColumns } from "./answer-columns.ts";

const binary = { name: "left", task: "binary", classes: [false, true] } as const;
const colours = { name: "colour", task: "multiclass", classes: ["blue", "green", "red"] } as const;
const price = { name: "price", task: "regression", classes: null } as const;
type Target = Parameters<typeof answerColumns>[0];
const of = (target: object) => target as Target;

describe("columns of answers", () => {
  it.each([
    [
      "binary",
      binary,
      [0.25, 0.5],
      [
        [0, 1],
        [0.75, 0.5],
        [0.25, 0.5],
      ],
    ],
    [
      "multiclass",
      colours,
      [0.2, 0.3, 0.5, 0.4, 0.4, 0.2],
      [
        [2, 0],
        [0.2, 0.4],
        [0.3, 0.4],
        [0.5, 0.2],
      ],
    ],
    ["regression", price, [1.5, -2], [[1.5, -2]]],
  ])("%s", (_task, target, predictions, expected) => {
    const values = answerValues(of(target), Float64Array.from(predictions), 0.5);

    expect(values.map((each) => Array.from(each))).toEqual(expected);
    expect(answerColumns(of(target))).toHaveLength(expected.length);
  });

  it("are named by what they are", () => {
    expect(answerColumns(of(binary)).map(({ name }) => name)).toEqual([
      "prediction",
      "probability_false",
      "probability_true",
    ]);
  });

  it("predict the positive class from the threshold on", () => {
    expect(Array.from(answerValues(of(binary), Float64Array.of(0.2, 0.3, 0.4), 0.3)[0]!)).toEqual([0, 1, 1]);
  });

  it("leave kept columns their names, unless an answer has it", () => {
    const names = ["id", "Prediction", "input_prediction", "model_version"];

    expect(keptColumns(names, of(price)).map(({ as }) => as)).toEqual([
      "id",
      "input_Prediction",
      "input_input_prediction",
      "input_model_version",
    ]);
  });
});
