import { describe, expect, it } from "vitest";
import { answerErrors, championCollapse } from "./champion-collapse.ts";

const uniform = (i: number) => (i * 0.618_033_988_749_895) % 1;
const rows = (count: number) => Array.from({ length: count }, (_, i) => i);
/** Answers of a model that is calibrated, and labels that follow them. */
const answers = (count: number) => Float64Array.from(rows(count), (i) => 0.05 + 0.9 * uniform(i));
const labels = (count: number, of = (p: number) => p) =>
  Float64Array.from(answers(count), (p, i) => Number(uniform(7 * i + 3) < of(p)));
const binary = { task: "binary" as const, classes: ["no", "yes"] };
const parts = (count: number, of?: (p: number) => number) => [answerErrors(answers(count), labels(count, of), binary)];

describe("championCollapse", () => {
  it.each<[why: string, found: ReturnType<typeof championCollapse>, isFound: boolean]>([
    ["labels that follow the answers", championCollapse("y", parts(500)), false],
    [
      "labels swapped",
      championCollapse(
        "y",
        parts(500, (p) => 1 - p),
      ),
      true,
    ],
    [
      "labels of other rows",
      championCollapse(
        "y",
        parts(500, () => 0.5),
      ),
      true,
    ],
    [
      "half as much to be said",
      championCollapse(
        "y",
        parts(500, (p) => 0.25 + p / 2),
      ),
      false,
    ],
    [
      "too few rows",
      championCollapse(
        "y",
        parts(90, (p) => 1 - p),
      ),
      false,
    ],
    [
      "files that are too small",
      championCollapse(
        "y",
        rows(20).flatMap(() => parts(20, (p) => 1 - p)),
      ),
      false,
    ],
    [
      "several files",
      championCollapse(
        "y",
        rows(4).flatMap(() => parts(40, (p) => 1 - p)),
      ),
      true,
    ],
    ["no rows", championCollapse("y", []), false],
    [
      "labels that are all alike",
      championCollapse("y", [answerErrors(answers(500), new Float64Array(500), binary)]),
      true,
    ],
  ])("%s", (_why, found, isFound) => {
    expect(found !== null).toBe(isFound);
  });

  it("says of how many rows, and what it compared", () => {
    const found = championCollapse(
      "y",
      parts(500, (p) => 1 - p),
    );
    expect(found).toMatchObject({ code: "champion-collapse", severity: "warning", column: "y", count: 500 });
    expect(found!.message).toMatch(
      /500 new rows worse than a constant would: its mean squared error is 0\.\d+, that of the best constant 0\.\d+/,
    );
  });

  it("is told for numbers and for more than two classes", () => {
    const numbers = { task: "regression" as const, classes: null };
    const values = Float64Array.from(rows(300), (i) => 10 * uniform(i));
    expect(
      championCollapse("y", [
        answerErrors(
          values,
          values.map((v) => v + 0.1),
          numbers,
        ),
      ]),
    ).toBeNull();
    expect(championCollapse("y", [answerErrors(values, values.toReversed(), numbers)])).not.toBeNull();

    const classes = { task: "multiclass" as const, classes: ["a", "b", "c"] };
    const codes = Float64Array.from(rows(300), (i) => i % 3);
    const sure = Float64Array.from(rows(900), (i) => (i % 3 === Math.floor(i / 3) % 3 ? 0.8 : 0.1));
    expect(championCollapse("y", [answerErrors(sure, codes, classes)])).toBeNull();
    expect(
      championCollapse("y", [
        answerErrors(
          sure,
          codes.map((code) => (code + 1) % 3),
          classes,
        ),
      ]),
    ).not.toBeNull();
  });

  it("counts no row without a label, or of a class that is not known", () => {
    const some = labels(300).map((label, i) => (i % 3 === 0 ? NaN : label));
    expect(answerErrors(answers(300), some, binary).rows).toBe(200);
    const classes = { task: "multiclass" as const, classes: ["a", "b"] };
    expect(answerErrors(new Float64Array(6), Float64Array.of(-1, 0, 1), classes).rows).toBe(2);
  });
});
