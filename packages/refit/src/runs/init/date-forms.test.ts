import { describe, expect, it } from "vitest";
import type { ColumnText } from "../../ports/surveys.ts";
import { dateForms, datesSql, formsNote } from "./date-forms.ts";
import { readTime, timeProblem } from "./time-column.ts";

const textsOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([text, count], i): ColumnText => ({ text, count, file: "d.csv", row: i + 1 }));

const sqlOf = (counts: Readonly<Record<string, number>>) => {
  const found = dateForms(textsOf(counts));
  return found && { forms: found.forms.map(({ rows, formats }) => [rows, ...formats]), sql: datesSql("at", found) };
};

describe("dates in several forms", () => {
  it.each<[why: string, counts: Record<string, number>, forms: unknown[], sql: string | null]>([
    [
      "ISO and German",
      { "2024-01-31": 40, "2024-02-01": 5, "10.01.2024": 20 },
      [
        [45, "%Y-%m-%d"],
        [20, "%d.%m.%Y"],
      ],
      `CAST(coalesce(try_strptime("at", '%Y-%m-%d'), try_strptime("at", '%d.%m.%Y')) AS DATE)`,
    ],
    [
      "dates and times",
      { "2024-01-31": 9, "2024-01-31 10:00": 3 },
      [
        [9, "%Y-%m-%d"],
        [3, "%Y-%m-%d %H:%M"],
      ],
      `coalesce(try_strptime("at", '%Y-%m-%d'), try_strptime("at", '%Y-%m-%d %H:%M'))`,
    ],
    [
      "the same order with other separators",
      { "31/01/2024": 9, "13-02-2024": 8 },
      [
        [9, "%d/%m/%Y"],
        [8, "%d-%m-%Y"],
      ],
      `CAST(coalesce(try_strptime("at", '%d/%m/%Y'), try_strptime("at", '%d-%m-%Y')) AS DATE)`,
    ],
    [
      "months by name and by number",
      { "Jan 5 2024": 9, "2024-01-06": 8 },
      [
        [9, "%b %d %Y"],
        [8, "%Y-%m-%d"],
      ],
      `CAST(coalesce(try_strptime("at", '%b %d %Y'), try_strptime("at", '%Y-%m-%d')) AS DATE)`,
    ],
    [
      "with blanks around some",
      { " 2024-01-31": 9, "10.01.2024": 8 },
      [
        [9, "%Y-%m-%d"],
        [8, "%d.%m.%Y"],
      ],
      `CAST(coalesce(try_strptime(trim("at"), '%Y-%m-%d'), try_strptime(trim("at"), '%d.%m.%Y')) AS DATE)`,
    ],
    [
      "one of which may be read in two ways",
      { "2024-01-31": 9, "01/02/2024": 8 },
      [
        [9, "%Y-%m-%d"],
        [8, "%d/%m/%Y", "%m/%d/%Y"],
      ],
      null,
    ],
    [
      "day first and month first with one separator",
      { "31/01/2024": 9, "01/31/2024": 8, "02/03/2024": 2 },
      [
        [9, "%d/%m/%Y"],
        [8, "%m/%d/%Y"],
        [2, "%d/%m/%Y", "%m/%d/%Y"],
      ],
      null,
    ],
    [
      "with a word among them",
      { "2024-01-31": 90, "10.01.2024": 20, later: 2 },
      [
        [90, "%Y-%m-%d"],
        [20, "%d.%m.%Y"],
      ],
      null,
    ],
  ])("are told apart: %s", (_why, counts, forms, sql) => {
    expect(sqlOf(counts)).toEqual({ forms, sql });
  });

  it.each<[why: string, counts: Record<string, number>]>([
    ["one form", { "2024-01-31": 9, "2024-02-01": 8 }],
    ["one form that may be read in two ways", { "01/02/2024": 9, "03/02/2024": 8 }],
    ["words", { a: 9, b: 8 }],
    ["numbers", { "1.5": 9, "20240131": 8 }],
    ["dates in a few of many texts", { "2024-01-31": 2, "10.01.2024": 2, "see letter": 30 }],
  ])("are not found where there are none: %s", (_why, counts) => {
    expect(dateForms(textsOf(counts))).toBeNull();
  });

  it("are told with how many there are of each, and the first of the rarest", () => {
    const note = formsNote("at", dateForms(textsOf({ "2024-01-31": 400, "10.01.2024": 200 }))!, false);

    expect(note.what).toBe('"at" holds dates in 2 forms: 400 rows such as "2024-01-31", 200 rows such as "10.01.2024"');
    expect(note.at).toMatchObject({ text: "10.01.2024", row: 2 });
    expect(note.advice).toMatch(/^It is declared as text\. Correct the file, or read all of them in `prepare`: CAST\(/);
  });

  it("are the time where all can be read, and refused with the culprit where not", () => {
    const column = { name: "at", type: "string" as const };
    const clear = textsOf({ "2024-01-31": 9, "10.01.2024": 8, NA: 1 });
    const unclear = textsOf({ "2024-01-31": 9, "01/02/2024": 8 });

    expect(readTime(column, clear, null)).toMatchObject({ sql: expect.stringContaining("coalesce") as string });
    expect(readTime(column, unclear, null)).toBeNull();
    expect(timeProblem("at", unclear, [], ", first in line 3").message).toBe(
      '--time "at" holds dates in 2 forms: 9 rows such as "2024-01-31", 8 rows such as "01/02/2024", first in line 3. Not every one can be read for certain: correct the file.',
    );
  });
});
