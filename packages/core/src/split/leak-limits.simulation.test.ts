import { describe, expect, it } from "vitest";
import { number } from "../features/make-column.fixture.ts";
import type { Task } from "../spec/model-spec.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { normalQuantile } from "../statistics/special/normal.ts";
import { columnLeak } from "./column-leak.ts";

/** Draws of one data set. Seeds are fixed, so the answers never vary. */
interface Draws {
  readonly rows: number;
  readonly uniform: () => number;
  readonly normal: () => number;
}

/** A column and the target, [rows] each. */
interface Made {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

type Make = (draws: Draws) => Made;

const repeated = <T>(rows: number, draw: () => T): T[] => Array.from({ length: rows }, draw);

/** Two normal distributions whose distance gives an area under the curve. */
const honest =
  (area: number, share = 0.5): Make =>
  ({ rows, uniform, normal }) => {
    const y = repeated(rows, () => (uniform() < share ? 1 : 0));
    return { y, x: y.map((answer) => answer * Math.SQRT2 * normalQuantile(area) + normal()) };
  };
/** The answer, with a share of it wrong. */
const answer =
  (wrong: number): Make =>
  ({ rows, uniform }) => {
    const y = repeated(rows, () => (uniform() < 0.5 ? 1 : 0));
    return { y, x: y.map((value) => (uniform() < wrong ? 1 - value : value)) };
  };
/** A number that the answer was cut from, measured again with an error in standard deviations. */
const cut =
  (error: number): Make =>
  ({ rows, normal }) => {
    const x = repeated(rows, normal);
    const border = x.toSorted((a, b) => a - b)[Math.floor(0.7 * rows)]!;
    return { y: x.map((value) => (value > border ? 1 : 0)), x: x.map((value) => value + error * normal()) };
  };
/** A number that the target follows. @param error in standard deviations. */
const copy =
  (error: number): Make =>
  ({ rows, normal }) => {
    const y = repeated(rows, normal);
    return { y, x: y.map((value) => Math.exp(value + error * normal())) };
  };
/** Classes 0, 1, 2 at a distance of so many standard deviations. */
const classes =
  (distance: number): Make =>
  ({ rows, uniform, normal }) => {
    const y = repeated(rows, () => Math.floor(3 * uniform()));
    return { y, x: y.map((value) => value * distance + normal()) };
  };

/** Four classes that a score was cut into. */
const grades: Make = ({ rows, uniform }) => {
  const x = repeated(rows, () => 4 * uniform());
  return { x, y: x.map(Math.floor) };
};

/** Per cent of data sets in which a column blocks, and in which it is told without that. */
function rates(task: Task, make: Make, rows: number): { blocks: number; told: number } {
  const sets = 100;
  let [blocks, told] = [0, 0];
  for (let seed = 0; seed < sets; seed++) {
    const next = randomBits(seed, rows);
    const uniform = () => (next() + 0.5) / 4_294_967_296;
    const { x, y } = make({ rows, uniform, normal: () => normalQuantile(uniform()) });
    const spec = { name: "y", task, classes: task === "regression" ? null : [...new Set(y)].toSorted((a, b) => a - b) };
    const code = columnLeak(number("x", [...x]), { column: number("y", [...y]), spec })?.code;
    if (code === "leak-suspect") blocks++;
    if (code === "leak-hint") told++;
  }
  return { blocks: (100 * blocks) / sets, told: (100 * told) / sets };
}

describe("of 100 data sets with one column that is honest", () => {
  it.each<[why: string, task: Task, make: Make, rows: number, blocked: number]>([
    ["AUC .90, 120 rows", "binary", honest(0.9), 120, 0],
    ["AUC .95, 120 rows", "binary", honest(0.95), 120, 2],
    ["AUC .95, 300 rows", "binary", honest(0.95), 300, 0],
    ["AUC .97, 300 rows", "binary", honest(0.97), 300, 1],
    ["AUC .97, 1,000 rows", "binary", honest(0.97), 1000, 0],
    ["AUC .95, 300 rows, one in ten positive", "binary", honest(0.95, 0.1), 300, 1],
    ["AUC .97, 1,000 rows, one in ten positive", "binary", honest(0.97, 0.1), 1000, 1],
    ["three classes, 4 deviations apart, 120 rows", "multiclass", classes(4), 120, 6],
    ["three classes, 4 deviations apart, 1,000 rows", "multiclass", classes(4), 1000, 0],
    ["a forecast with R² .96, 120 rows", "regression", copy(0.2), 120, 0],
    ["a forecast with R² .98, 1,000 rows", "regression", copy(0.14), 1000, 0],
  ])("at most a few are blocked: %s", { timeout: 60_000 }, (_why, task, make, rows, blocked) => {
    expect(rates(task, make, rows).blocks).toBeLessThanOrEqual(blocked);
  });
});

describe("of 100 data sets with one column that leaks", () => {
  it.each<[why: string, task: Task, make: Make, rows: number, least: { blocks: number; found: number }]>([
    ["the answer, 60 rows", "binary", answer(0), 60, { blocks: 100, found: 100 }],
    ["the answer with 0.5 % wrong, 1,000 rows", "binary", answer(0.005), 1000, { blocks: 95, found: 100 }],
    ["the answer with 2 % wrong, 1,000 rows", "binary", answer(0.02), 1000, { blocks: 0, found: 100 }],
    ["a number that it was cut from, 60 rows", "binary", cut(0), 60, { blocks: 100, found: 100 }],
    ["the same, measured again, 120 rows", "binary", cut(0.05), 120, { blocks: 95, found: 100 }],
    ["a number that follows it, 60 rows", "regression", copy(0), 60, { blocks: 100, found: 100 }],
    ["the same within 5 %, 120 rows", "regression", copy(0.05), 120, { blocks: 95, found: 100 }],
    ["a number for each class, 120 rows", "multiclass", classes(50), 120, { blocks: 100, found: 100 }],
    ["a score that classes were cut from, 300 rows", "multiclass", grades, 300, { blocks: 70, found: 100 }],
    ["the same, 1,000 rows", "multiclass", grades, 1000, { blocks: 99, found: 100 }],
  ])("nearly all are found: %s", { timeout: 60_000 }, (_why, task, make, rows, least) => {
    const { blocks, told } = rates(task, make, rows);

    expect(blocks).toBeGreaterThanOrEqual(least.blocks);
    expect(blocks + told).toBeGreaterThanOrEqual(least.found);
  });
});
