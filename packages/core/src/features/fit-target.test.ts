import { describe, expect, it } from "vitest";
import type { Column } from "./column.ts";
import type { ClassValue, TargetSpec } from "./feature-spec.ts";
import { checkClasses, encodeTarget, fitTarget, labelledRows } from "./fit-target.ts";
import { allRows, number, text } from "./make-column.fixture.ts";

type Task = TargetSpec["task"];
const spec = (task: Task, positive?: ClassValue) =>
  positive === undefined ? { task, target: "y" } : { task, target: "y", positive };

describe("labelledRows", () => {
  it.each<[why: string, column: Column, rows: number[]]>([
    ["text", text("y", ["a", null, "b"]), [0, 2]],
    ["numbers; an infinity is not a value", number("y", [1, Number.NaN, Infinity, 2]), [0, 3]],
    ["none", text("y", [null]), []],
  ])("%s", (_why, column, rows) => {
    expect(labelledRows(column)).toEqual(Uint32Array.from(rows));
  });
});

describe("fitTarget", () => {
  it.each<[why: string, column: Column, task: Task, positive: ClassValue | undefined, classes: ClassValue[] | null]>([
    ["true is positive", number("y", [1, 0], "boolean"), "binary", undefined, [false, true]],
    ["the larger text is positive", text("y", ["yes", "no"]), "binary", undefined, ["no", "yes"]],
    ["the larger number is positive", number("y", [10, 9], "integer"), "binary", undefined, [9, 10]],
    ["positive is a wish", text("y", ["yes", "no"]), "binary", "no", ["yes", "no"]],
    ["classes sorted by value", number("y", [10, 9, 1]), "multiclass", undefined, [1, 9, 10]],
    ["classes sorted by code unit", text("y", ["b", "B", "a"]), "multiclass", undefined, ["B", "a", "b"]],
    ["regression has none", number("y", [1, 2]), "regression", undefined, null],
  ])("%s", (_why, column, task, positive, classes) => {
    expect(fitTarget(column, spec(task, positive), allRows(column))).toEqual({ name: "y", task, classes });
  });

  const letters = (count: number) =>
    text(
      "y",
      Array.from({ length: count }, (_, i) => `c${i}`),
    );
  it.each<[why: string, column: Column, task: Task, positive: ClassValue | undefined, code: string, message: RegExp]>([
    [
      "one class",
      text("y", ["a", "a"]),
      "binary",
      undefined,
      "single-class",
      /the one value "a" in the 2 training rows/,
    ],
    ["no row", text("y", []), "binary", undefined, "single-class", /no value in the 0 training rows/],
    ["constant number", number("y", [3, 3]), "regression", undefined, "single-class", /the one value "3"/],
    ["three values for binary", letters(7), "binary", undefined, "too-many-classes", /7 values.*"c0".*"c4" and 2 more/],
    ["too many classes", letters(101), "multiclass", undefined, "too-many-classes", /101 values.*at most 100/],
    ["two classes for multiclass", letters(2), "multiclass", undefined, "target-task", /that is task binary/],
    ["text for regression", letters(3), "regression", undefined, "target-task", /is string, which task regression/],
    ["date", number("y", [1, 2], "date"), "binary", undefined, "target-task", /is date/],
    ["unknown positive", number("y", [1, 0]), "binary", "1", "unknown-positive", /`positive` is "1".* has 0 and 1/],
  ])("refuses %s", (_why, column, task, positive, code, message) => {
    let thrown: unknown;
    try {
      fitTarget(column, spec(task, positive), allRows(column));
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each<[why: string, column: Column, task: Task, message: string]>([
    [
      "a third class",
      text("y", ["no", "yes", "no", "third", "third"]),
      "multiclass",
      'two values only, "no" and "yes", in the 3 training rows, and task multiclass needs three. "third" is only in rows that are held out (2 rows). Hold out fewer rows',
    ],
    [
      "two more classes",
      text("y", ["no", "yes", "no", "c", "d"]),
      "multiclass",
      '"c", "d" are only in rows that are held out (2 rows).',
    ],
    [
      "the second class",
      text("y", ["no", "no", "no", "yes"]),
      "binary",
      'the one value "no" in the 3 training rows; a model needs at least two values. "yes" is only in rows that are held out (1 row).',
    ],
    [
      "a number as a class",
      number("y", [0, 1, 0, 2], "integer"),
      "multiclass",
      '"2" is only in rows that are held out (1 row).',
    ],
    ["true", number("y", [0, 0, 0, 1], "boolean"), "binary", '"true" is only in rows that are held out (1 row).'],
    ["no other class", text("y", ["no", "no", "no", null]), "binary", "needs at least two values."],
  ])("names what only held-out rows have: %s", (_why, column, task, message) => {
    const training = () => fitTarget(column, spec(task), Uint32Array.of(0, 1, 2));

    expect(training).toThrow(message);
  });

  it("looks at training rows only", () => {
    const column = text("y", ["a", "b", "c"]);

    expect(fitTarget(column, spec("binary"), Uint32Array.of(0, 1)).classes).toEqual(["a", "b"]);
  });
});

describe("encodeTarget", () => {
  it.each<[why: string, column: Column, task: Task, positive: ClassValue | undefined, encoded: number[]]>([
    ["binary", text("y", ["yes", "no", null, "yes"]), "binary", "no", [0, 1, Number.NaN, 0]],
    ["booleans", number("y", [1, 0], "boolean"), "binary", false, [0, 1]],
    ["multiclass", number("y", [10, 9, -0], "integer"), "multiclass", undefined, [2, 1, 0]],
    ["regression", number("y", [1.5, Number.NaN, 2]), "regression", undefined, [1.5, Number.NaN, 2]],
  ])("%s", (_why, column, task, positive, encoded) => {
    const target = fitTarget(column, spec(task, positive), labelledRows(column));

    expect([...encodeTarget(column, target)]).toEqual(encoded);
  });

  it("marks a class that only the holdout has, of which a warning tells", () => {
    const column = text("y", ["a", "b", "c", "d", "d", null]);
    const target = fitTarget(column, spec("multiclass"), Uint32Array.of(0, 1, 2));
    const labels = encodeTarget(column, target);

    expect([...labels]).toEqual([0, 1, 2, -1, -1, Number.NaN]);
    expect(checkClasses(column, { name: "y", sensitive: false }, labels, Uint32Array.of(2, 3, 4))).toMatchObject([
      { code: "new-class", severity: "warning", column: "y", count: 2, examples: ['"d"'] },
    ]);
    expect(checkClasses(column, { name: "y", sensitive: false }, labels, Uint32Array.of(2))).toEqual([]);
  });

  it("shows no value of a sensitive target", () => {
    const column = text("y", ["a", "b", "c", "secret"]);
    const labels = Float64Array.of(0, 1, 2, -1);
    const found = checkClasses(column, { name: "y", sensitive: true }, labels, Uint32Array.of(3));

    expect(found).toMatchObject([{ code: "new-class", count: 1 }]);
    expect(JSON.stringify(found)).not.toContain("secret");
  });

  it("refuses a third value of a binary target", () => {
    const column = text("y", ["a", "b", "c", "c"]);
    const target = fitTarget(column, spec("binary"), Uint32Array.of(0, 1));

    expect(() => encodeTarget(column, target)).toThrow(/no training row has, in 2 rows: "c"/);
  });
});
