import { MetricInvalidError, MetricValueError } from "@refit/core/errors";
import { describe, expect, it } from "vitest";

import type { AnsweredRows, PreparedTable } from "../../ports/tables.ts";
import { openFiles } from "./open-files.fixture.ts";

const loans = 'id,amount,paid,kind,answers\n1,100,true,a,x\n2,200,false,b,x\n3,,true,"it\'s",x\n4,400,false,a,x\n';

async function loansBy(target: string, manifest: object = {}): Promise<PreparedTable> {
  const source = await openFiles({ "loans.csv": loans }, { manifest });
  return source.prepare({ sql: null, target, time: null, key: ["id"] });
}

/** Rows 4 and 1: the first is answered `true`, the other `false`. */
const answered: AnsweredRows = {
  target: "paid",
  rows: Uint32Array.of(3, 0),
  classes: [false, true],
  answers: [1, 0],
  probabilities: Float64Array.of(0.75, 0.25),
};

async function valuesOf(sql: string, change: Partial<AnsweredRows> = {}): Promise<number[]> {
  const rows = { ...answered, ...change };
  const [values] = await (await loansBy(rows.target)).rowValues([{ metric: "profit", sql }], rows);
  return [...values!];
}

async function refusalOf(sql: string, change: Partial<AnsweredRows> = {}): Promise<Error> {
  return valuesOf(sql, change).then(
    (values) => expect.fail(`no error, but ${JSON.stringify(values)}`),
    (error: Error) => error,
  );
}

describe("numbers per row", () => {
  it.each<[what: string, sql: string, values: number[]]>([
    [
      "costs of the two mistakes",
      "CASE WHEN label AND NOT answer THEN -5 WHEN answer AND NOT label THEN -1 ELSE 0 END",
      [-1, -5],
    ],
    ["columns of the row, in the order that was asked for", "amount * probability", [300, 25]],
    ["truth as 1 and 0", "answer = label", [0, 0]],
    ["a comment at the end", "1 -- one", [1, 1]],
    ["several lines", "CASE WHEN answer\n  THEN 2\n  ELSE 3 END", [2, 3]],
    ["decimals and huge numbers", "1.50::DECIMAL(9, 2) + 2::HUGEINT", [3.5, 3.5]],
    ["a list and a lambda", "list_sum(list_transform([1, 2], lambda each: each * amount))", [1200, 300]],
    ["a name in capitals", "AMOUNT", [400, 100]],
  ])("of %s", async (_what, sql, values) => {
    expect(await valuesOf(sql)).toEqual(values);
  });

  it("know a class by the target's own word", async () => {
    const classes = ["a", "b", "it's"];
    const change = {
      target: "kind",
      rows: Uint32Array.of(0, 1, 2),
      classes,
      answers: [0, 0, 2],
      probabilities: Float64Array.of(0.5, 0.6, 0.7),
    };

    expect(
      await valuesOf("CASE WHEN answer = 'it''s' THEN 9 WHEN answer = label THEN 1 ELSE -probability END", change),
    ).toEqual([1, -0.6, 9]);
    expect(await valuesOf("answer + label", { target: "id", classes: [1, 2, 3, 4], answers: [2, 0] })).toEqual([7, 2]);
  });

  it("know a number that is predicted", async () => {
    const change = { target: "amount", classes: null, answers: Float64Array.of(390, 130), probabilities: null };

    expect(await valuesOf("abs(answer - label)", change)).toEqual([10, 30]);
    expect((await refusalOf("probability", change)).message).toContain(
      "a regression predicts a number and no probability",
    );
  });

  it("are of the target where the target is called `label`", async () => {
    const source = await openFiles({ "l.csv": "id,label\n1,true\n2,false\n" });
    const table = await source.prepare({ sql: null, target: "label", time: null, key: ["id"] });
    const rows = { ...answered, target: "label", rows: Uint32Array.of(0, 1), answers: [1, 1] };

    expect(await table.rowValues([{ metric: "profit", sql: "answer = label" }], rows)).toEqual([Float64Array.of(1, 0)]);
  });

  it("come for several metrics and many rows, again and again", async () => {
    const many = Array.from({ length: 5000 }, (_, row) => `${row},${row % 7}`).join("\n");
    const source = await openFiles({ "many.csv": `id,n\n${many}\n` });
    const table = await source.prepare({ sql: null, target: "n", time: null, key: ["id"] });
    const rows = Uint32Array.from({ length: 5000 }, (_, i) => 4999 - i);
    const request = { target: "n", rows, classes: null, answers: Float64Array.from(rows), probabilities: null };
    const expressions = [
      { metric: "one", sql: "answer - id" },
      { metric: "two", sql: "label" },
    ];
    const both = await Promise.all([table.rowValues(expressions, request), table.rowValues(expressions, request)]);

    expect(both[0][0]!.every((value) => value === 0)).toBe(true);
    expect(both[1][1]!.slice(0, 3)).toEqual(Float64Array.of(1, 0, 6));
  });

  it.each<[what: string, sql: string, place: string, words: string]>([
    [
      "an unknown column",
      "amount -\n  amout",
      ", line 2, column 3",
      'there is no column "amout"; the nearest name is "amount"',
    ],
    [
      "a name that is nowhere near",
      "zzzzz",
      ", line 1, column 1",
      'there is no column "zzzzz"; the row has id, amount',
    ],
    ["an aggregate", "1 + sum(amount)", ", line 1, column 5", "sum() is over many rows"],
    ["a macro over aggregates", "geomean(amount)", "", "geomean() is over many rows"],
    ["what makes many rows", "unnest([1, 2])", "", "unnest() is over many rows"],
    ["a window", "lag(amount) OVER (ORDER BY id)", "", "a window function reads other rows"],
    ["a subquery", "(SELECT 1)", "", "a subquery reads other rows"],
    ["other tables", "(SELECT max(amount) FROM source)", "", "a subquery reads other rows"],
    ["chance", "random()", "", "random() gives another result"],
    ["the time", "epoch(now())", "", "now() gives another result"],
    ["today", "current_date - DATE '2020-01-01'", "", "current_date gives another result"],
    ["the session", "current_setting('threads')::INT", "", "current_setting() gives another result"],
    ["a function that waits", "pg_sleep(1)", "", "the function pg_sleep() is not allowed"],
    ["a star", "*", "", "`*` stands for many columns"],
    ["a position", "#1", "", "a position is not a column"],
    ["two expressions", "1, 2", "", "expected one expression"],
    ["a name of its own", "1 AS profit", "", "expected one expression"],
    ["a table", "1 FROM source", "", "expected one expression"],
    ["an order", "1 ORDER BY 1", "", "expected one expression"],
    ["a statement", "1; DROP TABLE refit_source", "", "expected one expression"],
    ["another one", "1) FROM source; DROP TABLE refit_source; SELECT (1", "", "syntax error"],
    ["a syntax error", "CASE WHEN", ", line 1", "syntax error"],
    ["nothing", "-- nothing", "", "SELECT clause without selection list"],
    ["a text", "kind", "", "gives a VARCHAR, and a number is expected"],
    ["a function that is not there", "profit_of(amount)", "", "profit_of does not exist"],
    ["a cast that fails", "kind::INTEGER", "", "Could not convert"],
    ["refit's own digest", "__refit_row", "", "is refit's own"],
  ])("refuse %s", async (_what, sql, place, words) => {
    const error = await refusalOf(sql);

    expect(error).toBeInstanceOf(MetricInvalidError);
    expect(error.message).toContain(`metrics.own.profit.row${place}`);
    expect(error.message).toContain(words);
  });

  it("do not guess which of two things a name means", async () => {
    const source = await openFiles({ "l.csv": "id,paid,Answer\n1,true,3\n2,false,4\n" });
    const table = await source.prepare({ sql: null, target: "paid", time: null, key: ["id"] });
    const rows = { ...answered, rows: Uint32Array.of(0, 1) };

    await expect(table.rowValues([{ metric: "profit", sql: "answer" }], rows)).rejects.toThrow(
      "`answer` means the model's here",
    );
    expect(await table.rowValues([{ metric: "profit", sql: "label" }], rows)).toEqual([Float64Array.of(1, 0)]);
  });

  it.each([
    ["NULL or NaN", "amount", 3, 1],
    ["NULL or NaN", "CASE WHEN id = 1 THEN 1 END", 2, 3],
    ["infinity", "1 / (id - 3)", 3, 1],
    ["NULL or NaN", "'NaN'::DOUBLE", 1, 4],
  ])("must be there: %s of %s", async (what, sql, row, bad) => {
    const all = { rows: Uint32Array.of(0, 1, 2, 3), answers: [0, 0, 0, 0], probabilities: new Float64Array(4) };
    const error = await refusalOf(sql, all);
    const more = bad === 1 ? "" : ` and ${bad - 1} more`;

    expect(error).toBeInstanceOf(MetricValueError);
    expect(error.message).toBe(
      `The metric "profit" gives ${what} instead of a number for the prepared row ${row}${more} (of 4 rows that were scored).`,
    );
  });

  it("tell no value of a sensitive column", async () => {
    const table = await loansBy("paid", { sensitive: ["kind"] });
    const error = await table.rowValues([{ metric: "profit", sql: "kind::INTEGER" }], answered).catch((e: Error) => e);

    expect(String(error)).toContain("Could not convert string '…'");
  });

  it("end with the time that `prepare` has", async () => {
    const many = Array.from({ length: 20_000 }, (_, row) => String(row)).join("\n");
    const source = await openFiles({ "many.csv": `id\n${many}\n` }, { manifest: { limits: { prepareSeconds: 0.2 } } });
    const table = await source.prepare({ sql: null, target: "id", time: null, key: ["id"] });
    const rows = Uint32Array.from({ length: 20_000 }, (_, row) => row);
    const request = { target: "id", rows, classes: null, answers: Float64Array.from(rows), probabilities: null };
    const slow = "list_sum(list_transform(range(1000), lambda each: each * id))";

    await expect(table.rowValues([{ metric: "profit", sql: slow }], request)).rejects.toMatchObject({
      limit: "prepareSeconds",
    });
  });
});
