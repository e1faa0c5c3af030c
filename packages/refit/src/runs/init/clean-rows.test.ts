import { describe, expect, it } from "vitest";
import type { ColumnText } from "../../ports/surveys.ts";
import { oneSpelling, prepareText } from "./clean-rows.ts";

const counted = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([text, count], i): ColumnText => ({ text, count, file: "d.csv", row: i + 1 }));

describe("oneSpelling", () => {
  it.each<[why: string, counts: Readonly<Record<string, number>>, isTarget: boolean, sql: string]>([
    ["a blank behind", { yes: 90, "yes ": 10, no: 50 }, true, 'trim("y")'],
    ["a blank before", { yes: 90, " yes": 10, no: 50 }, false, 'trim("y")'],
    ["a tab", { yes: 90, "yes\t": 10, no: 50 }, true, String.raw`trim(regexp_replace("y", '[\s\p{Z}]+', ' ', 'g'))`],
    [
      "a space that does not break",
      { yes: 90, "yes\u00A0": 10 },
      true,
      String.raw`trim(regexp_replace("y", '[\s\p{Z}]+', ' ', 'g'))`,
    ],
    [
      "two blanks inside",
      { "New York": 9, "New  York": 1 },
      false,
      String.raw`trim(regexp_replace("y", '[\s\p{Z}]+', ' ', 'g'))`,
    ],
    ["case in the target", { yes: 90, Yes: 10, no: 50 }, true, 'lower("y")'],
    ["case and blanks in the target", { yes: 90, "Yes ": 10, no: 50 }, true, 'lower(trim("y"))'],
  ])("makes one text of %s", (_why, counts, isTarget, sql) => {
    expect(oneSpelling("y", counted(counts), isTarget)?.sql).toBe(sql);
  });

  it.each<[why: string, counts: Readonly<Record<string, number>>, isTarget: boolean]>([
    ["different texts", { yes: 90, no: 50 }, true],
    ["blanks before all of them", { " yes": 90, " no": 50 }, true],
    ["case in a feature", { m: 90, M: 50 }, false],
  ])("leaves %s as they are", (_why, counts, isTarget) => {
    expect(oneSpelling("y", counted(counts), isTarget)).toBeNull();
  });

  it("tells the two texts, how often each is there, and where the rare one is", () => {
    const { what, at, advice } = oneSpelling("y", counted({ yes: 90, "yes ": 10, no: 50 }), true)!.note;

    expect(what).toBe('"y" has 10 rows with "yes ", which differs in white space only from "yes" (90 rows)');
    expect(at).toMatchObject({ row: 2 });
    expect(advice).toBe('`prepare` makes one text of both: trim("y").');
  });
});

describe("prepareText", () => {
  it.each([
    [{ replaced: [], conditions: [] }, null],
    [
      { replaced: [{ column: 'a"b', sql: "trim(1)" }], conditions: [] },
      'SELECT * REPLACE (trim(1) AS "a""b") FROM source',
    ],
    [{ replaced: [], conditions: ["a IS NOT NULL", "b"] }, "SELECT * FROM source WHERE a IS NOT NULL AND b"],
  ])("%j", (cleaning, sql) => {
    expect(prepareText(cleaning)).toBe(sql);
  });
});
