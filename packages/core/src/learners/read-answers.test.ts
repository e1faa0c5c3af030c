import { describe, expect, it } from "vitest";
import { readAnswers } from "./read-answers.ts";

const binary = { name: "y", task: "binary", classes: [false, true] } as const;
const sizes = { name: "y", task: "multiclass", classes: ["a,b", 'c"d', "e"] } as const;
const read = (text: string, rows: number, { classes, ...target }: typeof binary | typeof sizes = binary) =>
  readAnswers(text, { ...target, classes: [...classes] }, rows);

describe("readAnswers", () => {
  it.each<[what: string, text: string, values: readonly number[]]>([
    ["plain numbers", "prediction\n0\n1\n0.25\n", [0, 1, 0.25]],
    ["line ends of Windows and a byte order mark", "\uFEFFprediction\r\n.5\r\n1e-3\r\n1.\r\n", [0.5, 0.001, 1]],
    ["a quoted header and no line end at last", '"prediction"\n0.1\n 0.2 \n0.3', [0.1, 0.2, 0.3]],
  ])("reads %s", (_what, text, values) => {
    expect(read(text, 3)).toEqual({ values: Float64Array.from(values) });
  });

  it("brings classes into their order, and their probabilities to a sum of 1", () => {
    const text = 'e,"a,b","c""d"\n0.25,0.5,0.2504\n';

    const { values } = read(text, 1, sizes) as { values: Float64Array };

    expect([...values].map((value) => value.toFixed(4))).toEqual(["0.4998", "0.2503", "0.2499"]);
    expect(values.reduce((sum, value) => sum + value)).toBeCloseTo(1, 12);
  });

  it("bounds no regression", () => {
    const target = { name: "y", task: "regression" as const, classes: null };

    expect(readAnswers("prediction\n-3\n1e9\n", target, 2)).toEqual({ values: Float64Array.of(-3, 1e9) });
  });

  it.each<[text: string, outcome: string, what: RegExp]>([
    ["", "predictions-unreadable", /columns "" instead of "prediction"/],
    ["y\n1\n1\n", "predictions-unreadable", /columns "y"/],
    ["prediction\n1\n", "wrong-row-count", /1 rows of 2/],
    ["prediction\n1\n1\n1\n1\n", "wrong-row-count", /4 rows of 2/],
    ["prediction\n1\nabc\n", "predictions-unreadable", /"abc" in row 2/],
    ["prediction\n1\n1,5\n", "predictions-unreadable", /"1,5" in row 2/],
    ["prediction\n1\n0x1\n", "predictions-unreadable", /"0x1"/],
    ["prediction\n1\nNaN\n", "not-finite", /NaN in row 2/],
    ["prediction\n1\n\n", "not-finite", /nothing in row 2/],
    ["prediction\n1\n-0.001\n", "out-of-range", /-0\.001 in row 2/],
  ])("refuses %j: %s", (text, outcome, what) => {
    expect(read(text, 2)).toEqual({ outcome, what: expect.stringMatching(what) });
  });

  it.each([
    ["a,b,e\n", "predictions-unreadable"],
    ['"a,b","c""d",e\n0.2,0.2,0.2\n', "not-summing"],
    ['"a,b","c""d",e\n0.2,0.8\n', "predictions-unreadable"],
  ])("refuses %j of several classes: %s", (text, outcome) => {
    expect(read(text, 1, sizes)).toMatchObject({ outcome });
  });
});
