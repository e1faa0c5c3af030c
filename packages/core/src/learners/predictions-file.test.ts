import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { predictionsText, readPredictionsText } from "./predictions-file.ts";

const name = (n: number) => n.toString(16).padStart(32, "0");

describe("predictions.csv", () => {
  it("is read as it was written, bit by bit", () => {
    const values = fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, (numbers) => {
        const rows = numbers.map((_, i) => name(i + 1));
        const text = predictionsText({ rows, values: Float64Array.from(numbers) });
        const read = readPredictionsText(text, 1, true);
        // JavaScript writes -0 as 0.
        expect(read).toEqual({ rows, values: Float64Array.from(numbers, (each) => each + 0) });
      }),
    );
  });

  it("divides probabilities of several classes by their sum", () => {
    const text = predictionsText({ rows: [name(1)], values: Float64Array.of(0.3, 0.3, 0.4004) });

    expect(readPredictionsText(text, 3, false)).toMatchObject({ rows: [name(1)] });
    expect(
      (readPredictionsText(text, 3, false) as { values: Float64Array }).values.reduce((a, b) => a + b),
    ).toBeCloseTo(1, 12);
  });

  it.each([
    ["another header", "key,prediction\n", /not a list/],
    ["no line end", `row,prediction\n${name(1)},0.5`, /not a list/],
    ["too many numbers", `row,prediction\n${name(1)},0.5,0.5\n`, /line 2 .* not a prediction/],
    ["no hash", "row,prediction\nada@example.org,0.5\n", /line 2 .* not a prediction/],
    ["a row twice", `row,prediction\n${name(1)},0.5\n${name(1)},0.6\n`, /line 3 .* out of order/],
    ["another order", `row,prediction\n${name(2)},0.5\n${name(1)},0.6\n`, /line 3 .* out of order/],
    ["no probability", `row,prediction\n${name(1)},1.5\n`, /probability of 1.5/],
    ["no number", `row,prediction\n${name(1)},\n`, /predicted NaN/],
    ["text", `row,prediction\n${name(1)},yes\n`, /predicted NaN/],
    ["a number written otherwise", `row,prediction\n${name(1)},0.50\n`, /not written as refit writes it/],
  ])("with %s is refused", (_what, text, message) => {
    expect(readPredictionsText(text, 1, false)).toMatch(message);
  });

  it("of any text says what is wrong, and throws nothing", () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => typeof readPredictionsText(text, 1, false) === "string" || text === "row,prediction\n",
      ),
    );
  });
});
