import { describe, expect, it } from "vitest";
import type { Column } from "../features/column.ts";
import { number, text } from "../features/make-column.fixture.ts";
import { columnLeak } from "./column-leak.ts";

const ROWS = 600;
const days = (values: (number | null)[]): Column => ({
  kind: "number",
  name: "x",
  type: "datetime",
  values: Float64Array.from(values, (value) => (value === null ? Number.NaN : 1.7e12 + value * 86_400_000)),
});
const row = <T>(make: (i: number, yes: boolean) => T): T[] =>
  Array.from({ length: ROWS }, (_, i) => make(i, i % 3 === 0));
const answer = text(
  "y",
  row((_, yes) => (yes ? "yes" : "no")),
);
const binary = { column: answer, spec: { name: "y", task: "binary" as const, classes: ["no", "yes"] } };
const some = (i: number) => i % 7 < 4;

describe("columnLeak", () => {
  it.each<[why: string, column: Column, code: string]>([
    ["a day of cancellation", days(row((i, yes) => (yes ? i : null))), "leak-suspect"],
    ["one that not every such row has", days(row((i, yes) => (yes && some(i) ? i : null))), "leak-hint"],
    [
      "an amount of a refund",
      number(
        "x",
        row((i, yes) => (yes && some(i) ? i % 50 : Number.NaN)),
      ),
      "leak-hint",
    ],
    [
      "a reason in words",
      text(
        "x",
        row((i, yes) => (yes && some(i) ? "price" : null)),
      ),
      "leak-hint",
    ],
    [
      "a name of who closed it",
      text(
        "x",
        row((i, yes) => (yes && some(i) ? `agent ${i}` : null)),
      ),
      "leak-hint",
    ],
    [
      "one that only those have who stay",
      number(
        "x",
        row((i, yes) => (!yes && some(i) ? 5 + (i % 9) : Number.NaN)),
      ),
      "leak-hint",
    ],
    [
      "the answer in other words",
      text(
        "x",
        row((_, yes) => (yes ? "left" : "here")),
      ),
      "leak-suspect",
    ],
  ])("finds %s", (_why, column, code) => {
    const found = columnLeak(column, binary);

    expect(found).toMatchObject({ code, column: "x" });
    expect(found!.message).not.toContain("training");
  });

  it.each<[why: string, column: Column]>([
    [
      "gaps that have nothing to do with it",
      number(
        "x",
        row((i) => (i % 5 === 0 ? Number.NaN : (i * 7919) % 101)),
      ),
    ],
    [
      "gaps that are more frequent for one class",
      number(
        "x",
        row((i, yes) => ((yes && i % 2 === 0) || i % 5 === 0 ? Number.NaN : (i * 7919) % 101)),
      ),
    ],
    [
      "a few values of one class alone",
      number(
        "x",
        row((i, yes) => (yes && i < 45 ? 1 : Number.NaN)),
      ),
    ],
    [
      "nothing at all",
      number(
        "x",
        row(() => Number.NaN),
      ),
    ],
    [
      "words of many kinds",
      text(
        "x",
        row((i) => `word ${(i * 7919) % 97}`),
      ),
    ],
  ])("leaves alone %s", (_why, column) => {
    expect(columnLeak(column, binary)).toBeNull();
  });

  it("says what it counts", () => {
    expect(columnLeak(days(row((i, yes) => (yes && some(i) ? i : null))), binary)!.message).toBe(
      '"x" has a value in 115 of 600 rows; there the target is "yes" in 100.0 %, against 17.5 % of the others. Is it filled in after the outcome is known?',
    );
  });

  it("takes numbers as a target, and says nothing of few rows", () => {
    const target = number(
      "y",
      row((i) => (i * 7919) % 101),
    );
    const spec = { name: "y", task: "regression" as const, classes: null };
    const few = text("y", ["yes", "no"]);

    expect(
      columnLeak(
        number(
          "x",
          row((i) => 2 * ((i * 7919) % 101)),
        ),
        { column: target, spec },
      ),
    ).toMatchObject({
      code: "leak-suspect",
    });
    expect(columnLeak(number("x", [1, 2]), { column: few, spec: binary.spec })).toBeNull();
  });
});
