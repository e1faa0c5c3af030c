import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addArrivals, type ArrivalRows, noArrivals, sumArrivals } from "./arrivals.ts";
import type { SumSettings } from "./sum-rows.ts";

const binary: SumSettings = { task: "binary", classes: 2, metrics: ["rocAuc"] };

const row = fc.record({
  score: fc.constantFrom(0.01, 0.2, 0.5, 0.97, NaN),
  label: fc.constantFrom(0, 1, NaN),
  delay: fc.double({ min: 0, max: 40, noNaN: true }),
});

function answered(rows: readonly { score: number; label: number; delay: number }[]): ArrivalRows {
  return {
    answers: { predictions: Float64Array.from(rows, ({ score }) => score) },
    labels: Float64Array.from(rows, ({ label }) => label),
    delays: Float64Array.from(rows, ({ label, delay }) => (Number.isNaN(label) ? NaN : delay)),
  };
}

describe("sumArrivals", () => {
  it("gives the same bytes whatever the order and the parts", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.nat(40), (rows, cut) => {
        const whole = sumArrivals(answered(rows), binary);
        const turned = addArrivals(
          sumArrivals(answered(rows.slice(cut).toReversed()), binary),
          sumArrivals(answered(rows.slice(0, cut)), binary),
        );

        expect(JSON.stringify(turned)).toBe(JSON.stringify(whole));
        expect(addArrivals(noArrivals, whole)).toEqual(whole);
      }),
    );
  });

  it("counts answers, labels, and by class the days that labels took", () => {
    const sums = sumArrivals(
      answered([
        { score: 0, label: 0, delay: 3.9 },
        { score: 0, label: 1, delay: 0.2 },
        { score: 0, label: NaN, delay: 0 },
        { score: 1, label: 1, delay: 0.9 },
        { score: NaN, label: 1, delay: 9 },
      ]),
      binary,
    );

    expect(sums.answered.map(([, rows]) => rows)).toEqual([3, 1]);
    expect(sums.labelled.map(([, rows]) => rows)).toEqual([2, 1]);
    expect(sums.delays).toEqual([
      [0, [[3, 1]]],
      [1, [[0, 2]]],
    ]);
  });

  it("groups the labels of a regression by their distance from the centre, and answers of several classes by class", () => {
    const numbers = { predictions: Float64Array.of(10, 12) };
    const known = { labels: Float64Array.of(10, 300), delays: Float64Array.of(1, 2) };
    const regression = sumArrivals(
      { ...known, answers: numbers },
      { task: "regression", classes: 0, metrics: [], centre: 10 },
    );
    const classes = sumArrivals(
      {
        answers: { predictions: Float64Array.of(0.2, 0.5, 0.3, 1, 0, 0) },
        labels: Float64Array.of(2, 0),
        delays: known.delays,
      },
      { task: "multiclass", classes: 3, metrics: [] },
    );

    expect(regression.delays.map(([, days]) => days)).toEqual([[[1, 1]], [[2, 1]]]);
    expect(classes.answered).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(classes.delays.map(([group]) => group)).toEqual([0, 2]);
  });
});
