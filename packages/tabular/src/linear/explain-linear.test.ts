import { expect, it } from "vitest";
import { explainers, learners } from "../index.ts";
import { binary, linearDefaults, mixedRows, multiclass, regression } from "../made-up.fixture.ts";
import { addColumn, multiply } from "./design.ts";
import { readLinear } from "./model-file.ts";

it.each(["binary", "multiclass", "regression"] as const)(
  "contributions of a linear model add up to its score, and over the background to nothing: %s",
  async (task) => {
    const train = mixedRows(task, 400, 1);
    const request = {
      binary: binary(linearDefaults, train),
      multiclass: multiclass(linearDefaults, 3, train),
      regression: regression(linearDefaults, train),
    }[task];
    const files = await learners.linear.fit(request);
    const { design, weights } = readLinear(files);
    const { features } = mixedRows(task, 30, 2);
    const explainer = explainers.linear(files, train.features);

    for (const [output, all] of explainer.contributions(features).entries()) {
      const scores = new Float64Array(features.rows);
      multiply(design, features, weights[output]!, scores);
      const sums = scores.map((_, row) => explainer.expected[output]! + sum(all.subarray(4 * row, 4 * row + 4)));
      expect(Math.max(...sums.map((value, row) => Math.abs(value - scores[row]!)))).toBeLessThan(1e-9);
    }
    for (const all of explainer.contributions(train.features)) {
      for (let column = 0; column < 4; column++) {
        expect(Math.abs(sum(all.filter((_, at) => at % 4 === column)))).toBeLessThan(1e-9);
      }
    }
    // By hand, of the first column: its term less the mean of its terms.
    const terms = new Float64Array(train.features.rows);
    addColumn(design, { column: train.features.columns[0]!, index: 0 }, weights[0]!, terms);
    expect(explainer.contributions(train.features)[0]![0]).toBeCloseTo(terms[0]! - sum(terms) / terms.length, 12);
  },
);

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
