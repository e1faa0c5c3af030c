import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricOf } from "../metrics/metrics.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { calibrationText, readCalibration } from "./calibration-file.ts";
import { applyCalibration, calibrationMethods, type CalibrationMethod } from "./calibration.ts";
import { crossCalibrated, fitCalibration, type CalibrationRows } from "./fit-calibration.ts";
import { sigmoid } from "./logit.ts";

interface OracleCase {
  readonly answers: number[];
  readonly isPositive: number[];
  readonly weights: number[] | null;
  readonly slope: number;
  readonly intercept: number;
  /** At the answers. */
  readonly isotonic: number[];
}

const fixture = new URL("../../test/fixtures/scikit-learn-calibration.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as { readonly cases: readonly OracleCase[] };

const binary = ({
  answers,
  isPositive,
  weights,
}: Pick<OracleCase, "answers" | "isPositive" | "weights">): CalibrationRows => ({
  classes: 2,
  answers: Float64Array.from(answers),
  target: Float64Array.from(isPositive),
  ...(weights && { weights: Float64Array.from(weights) }),
});

/** Rows of a model whose log-odds are three times too large. */
function overconfident(rows: number, seed: number): CalibrationRows {
  const next = randomBits(seed);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  const odds = Float64Array.from({ length: rows }, () => 4 * (uniform() + uniform() + uniform() - 1.5));
  return {
    classes: 2,
    answers: odds.map((z) => sigmoid(3 * z + 1)),
    target: odds.map((z) => (uniform() < sigmoid(z) ? 1 : 0)),
  };
}

const measured = (
  metric: "ece" | "rocAuc" | "logLoss",
  { classes, target }: CalibrationRows,
  predictions: Float64Array,
) => metricOf(metric).evaluate({ task: "binary", classes, target, predictions })!;

const rowsOf = (classes: number) =>
  fc
    .array(
      fc.record({
        answers: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: classes, maxLength: classes }),
        label: fc.nat(classes - 1),
        weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    .map((rows): CalibrationRows => ({
      classes,
      answers: Float64Array.from(rows.flatMap(({ answers }) => (classes === 2 ? [answers[0]!] : answers))),
      target: Float64Array.from(rows, ({ label }) => label),
      weights: Float64Array.from(rows, ({ weight }) => weight),
    }));

describe("calibration", () => {
  it.each(cases.map((each, i) => [i, each] as const))("case %i is that of scikit-learn", (_, one) => {
    const [platt] = fitCalibration("platt", binary(one));
    expect(platt).toMatchObject({ slope: expect.closeTo(one.slope, 4), intercept: expect.closeTo(one.intercept, 4) });

    const answers = applyCalibration(fitCalibration("isotonic", binary(one)), Float64Array.from(one.answers));
    for (const [row, value] of answers.entries()) {
      const theirs = one.isotonic[row]!;
      if (theirs > 0 && theirs < 1) expect(value).toBeCloseTo(theirs, 10);
      else expect(Math.abs(value - theirs)).toBeLessThanOrEqual(1 / 3);
    }
  });

  it.each(calibrationMethods)("%s corrects probabilities that are too sure, on rows that it has not seen", (method) => {
    const unseen = overconfident(4000, 2);
    const answers = applyCalibration(fitCalibration(method, overconfident(4000, 1)), unseen.answers);

    expect(measured("ece", unseen, unseen.answers)).toBeGreaterThan(0.1);
    expect(measured("ece", unseen, answers)).toBeLessThan(0.03);
    expect(measured("logLoss", unseen, answers)).toBeLessThan(measured("logLoss", unseen, unseen.answers));
    const change = measured("rocAuc", unseen, answers) - measured("rocAuc", unseen, unseen.answers);
    expect(Math.abs(change)).toBeLessThan(method === "platt" ? 1e-6 : 0.003);
  });

  it("by a sigmoid finds the numbers that the rows were made with", () => {
    const [map] = fitCalibration("platt", overconfident(50_000, 3));

    expect(map).toMatchObject({ slope: expect.closeTo(1 / 3, 1), intercept: expect.closeTo(-1 / 3, 1) });
  });

  it("by steps fits the example of its docstring", () => {
    const answers = [0.1, 0.2, 0.3, 0.4];
    expect(fitCalibration("isotonic", binary({ answers, isPositive: [0, 1, 0, 1], weights: null }))).toEqual([
      { kind: "isotonic", at: [0.1, 0.2, 0.3, 0.4], gives: [1 / 3, 0.5, 0.5, 1 - 1 / 3] },
    ]);
  });

  it.each(calibrationMethods)("%s makes one answer of a model that ranks the wrong way", (method) => {
    const rows = overconfident(500, 4);
    const answers = applyCalibration(
      fitCalibration(method, { ...rows, target: rows.target.map((y) => 1 - y) }),
      rows.answers,
    );

    expect(Math.max(...answers) - Math.min(...answers)).toBeLessThan(0.4);
    const rising = [...rows.answers.keys()]
      .sort((a, b) => rows.answers[a]! - rows.answers[b]!)
      .map((row) => answers[row]!);
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
  });

  it("of several classes helps, and its rows add up to 1", () => {
    const next = randomBits(5);
    const uniform = () => (next() + 0.5) / 4_294_967_296;
    const rows = 3000;
    const odds = Array.from({ length: rows }, () => [0, 1, 2].map(() => 3 * (uniform() - 0.5)));
    const softmax = (z: number[]) => {
      const sum = z.reduce((total, each) => total + Math.exp(each), 0);
      return z.map((each) => Math.exp(each) / sum);
    };
    const target = Float64Array.from(odds, (z) => {
      const [first, second] = softmax(z) as [number, number, number];
      const drawn = uniform();
      return drawn < first ? 0 : drawn < first + second ? 1 : 2;
    });
    const answers = Float64Array.from(odds.flatMap((z) => softmax(z.map((each) => 4 * each))));
    const loss = (given: Float64Array) =>
      target.reduce((sum, label, row) => sum - Math.log(given[3 * row + label]!), 0) / rows;
    for (const method of calibrationMethods) {
      const calibrated = applyCalibration(fitCalibration(method, { classes: 3, answers, target }), answers);
      expect(loss(calibrated)).toBeLessThan(0.9 * loss(answers));
      for (let row = 0; row < rows; row++) {
        expect(calibrated[3 * row]! + calibrated[3 * row + 1]! + calibrated[3 * row + 2]!).toBeCloseTo(1, 12);
      }
    }
  });

  it.each<[CalibrationMethod, number]>([
    ["platt", 2],
    ["isotonic", 2],
    ["platt", 4],
    ["isotonic", 4],
  ])(
    "%s with %i classes: any rows give probabilities, in order, that are stored and read without a change",
    (method, classes) => {
      fc.assert(
        fc.property(rowsOf(classes), (rows) => {
          const maps = fitCalibration(method, rows);
          const file = new TextEncoder().encode(calibrationText({ method, maps }));
          const stored = readCalibration(new Map([["calibration.json", file]]));
          expect(stored).toEqual({ method, maps });

          for (const answers of [applyCalibration(maps, rows.answers), crossCalibrated(method, rows)]) {
            expect(answers).toHaveLength(rows.answers.length);
            expect(answers.every((value) => value >= 0 && value <= 1)).toBe(true);
          }
          if (classes > 2) return;
          const line = Float64Array.from({ length: 101 }, (_, i) => i / 100);
          const along = applyCalibration(maps, line);
          expect([...along]).toEqual([...along].sort((a, b) => a - b));
        }),
      );
    },
  );

  it("does not look better than it is by the rows that it was fitted on", () => {
    const rows = overconfident(60, 6);
    const noise = { ...rows, target: rows.target.map((_, row) => row % 2) };
    const fitted = applyCalibration(fitCalibration("isotonic", noise), noise.answers);
    const constant = noise.answers.map(() => 0.5);

    expect(measured("logLoss", noise, fitted)).toBeLessThan(measured("logLoss", noise, constant));
    expect(measured("logLoss", noise, crossCalibrated("isotonic", noise))).toBeGreaterThan(
      measured("logLoss", noise, constant),
    );
  });

  it.each([
    ["{", ""],
    ['{"format":1,"method":"beta","maps":[]}', "method"],
    ['{"format":1,"method":"platt","maps":[]}', "maps"],
    ['{"format":1,"method":"platt","maps":[{"kind":"platt","slope":-1,"intercept":0}]}', "maps[0].slope"],
    ['{"format":1,"method":"platt","maps":[{"kind":"isotonic","at":[0],"gives":[0.5]}]}', "maps[0].kind"],
    ['{"format":1,"method":"isotonic","maps":[{"kind":"isotonic","at":[0,0],"gives":[0.5,0.6]}]}', "maps[0]"],
    ['{"format":1,"method":"isotonic","maps":[{"kind":"isotonic","at":[0,1],"gives":[0.6,0.5]}]}', "maps[0]"],
    ['{"format":1,"method":"isotonic","maps":[{"kind":"isotonic","at":[0,1],"gives":[0.6]}]}', "maps[0].gives"],
    ['{"format":1,"method":"isotonic","maps":[null]}', "maps[0].kind"],
    ["null", "method"],
  ])("refuses the file %s", (text, field) => {
    const files = new Map([["calibration.json", new TextEncoder().encode(text)]]);

    expect(() => readCalibration(files)).toThrow(expect.objectContaining({ code: "artifact-invalid", field }));
  });
});
