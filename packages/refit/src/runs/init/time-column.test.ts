import { describe, expect, it } from "vitest";
import type { ColumnText } from "../../ports/surveys.ts";
import { notADate, readTime, timeProblem } from "./time-column.ts";

const texts = (...all: string[]) => all.map((text, i): ColumnText => ({ text, count: 1, file: "d.csv", row: i + 1 }));
const integer = { name: "when", type: "integer" as const };
const text = { name: "when", type: "string" as const };

describe("readTime", () => {
  it.each<[why: string, values: string[], declared: object, sql: string | null]>([
    ["days without separators", ["20240131", "20231231"], { type: "date", format: "%Y%m%d" }, null],
    ["years", ["1999", "2024"], { type: "date", format: "%Y" }, null],
    ["seconds", ["1700000000", "1700003600"], {}, 'make_timestamp("when"::BIGINT * 1000000)'],
    ["seconds, one missing", ["1700000000", "NA"], {}, 'make_timestamp("when"::BIGINT * 1000000)'],
    ["milliseconds", ["1700000000000"], {}, 'make_timestamp("when"::BIGINT * 1000)'],
  ])("%s", (_why, values, declared, sql) => {
    expect(readTime(integer, texts(...values), null)).toMatchObject({ declared: { ...integer, ...declared }, sql });
  });

  it.each<[why: string, values: string[]]>([
    ["ages", ["31", "45"]],
    ["days that no month has", ["20241350"]],
    ["nothing", ["", "NA"]],
  ])("is null of %s", (_why, values) => {
    expect(readTime(integer, texts(...values), null)).toBeNull();
  });

  it("takes a person's word for how dates are written", () => {
    const days = readTime(text, texts("01/02/2024"), "%d/%m/%Y")!.declared;
    const times = readTime(text, texts("01/02/2024 10:00"), "%d/%m/%Y %H:%M")!.declared;

    expect(days).toEqual({ ...text, type: "date", format: "%d/%m/%Y" });
    expect(times).toEqual({ ...text, type: "datetime", format: "%d/%m/%Y %H:%M" });
  });
});

describe("timeProblem", () => {
  it("lists the choices where day and month cannot be told apart", () => {
    const { message } = timeProblem("when", texts("01/02/2024", "03/04/2024"), [], ", first in line 2");

    expect(message).toContain('Say which they are: --time-format "%d/%m/%Y" or --time-format "%m/%d/%Y".');
  });

  it.each<[why: string, values: string[], culprit: string]>([
    ["a word among dates", ["2024-01-10", "2024-01-11", "soon"], "soon"],
    ["a number among dates", ["2024-01-10", "7", "2024-01-11"], "7"],
    ["a date in words among dates", ["31.01.2024", "31 janvier 2024"], "31 janvier 2024"],
    ["NA and a word", ["NA", "2024-01-10", "today"], "today"],
    ["words alone", ["high", "low"], "high"],
  ])("shows what is not a date and not a date beside it: %s", (_why, values, culprit) => {
    expect(notADate(texts(...values)).text).toBe(culprit);
    expect(timeProblem("when", texts(...values), [], ", first in line 9").message).toContain(
      `--time "when" holds ${JSON.stringify(culprit)} in 1 row, first in line 9, which cannot be read as a date`,
    );
  });
});
