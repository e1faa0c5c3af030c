import { describe, expect, it } from "vitest";
import { openFiles, parquetOf, rowsOf } from "./open-files.fixture.ts";

describe("types", () => {
  it("of times are read to the millisecond, and what is below is cut off, also before 1970", async () => {
    const texts = ["1969-12-31T23:59:59.9999Z", "1970-01-01T00:00:00.0009Z", "0099-01-01T00:00:00.000001Z"];
    const table = await openFiles({ "a.csv": `t\n${texts.join("\n")}\n` });

    expect(new Set((await rowsOf(table)).flat())).toEqual(new Set([-1, 0, Date.parse("0099-01-01T00:00:00Z")]));
  });

  it.each([
    ["few", 1],
    ["many", 1001],
  ])("are inferred from all rows, %s", async (_what, times) => {
    const late = `${"1,".repeat(1)}1\n`.repeat(2000);
    const table = await openFiles({
      "a.csv":
        "i,n,b,d,t,s,code,big,empty\n" +
        "1,1,true,2020-01-31,2020-01-31T10:00:00Z,x,00123,12345678901234567890,\n".repeat(times) +
        "-2,2.5,FALSE,2020-02-01,2020-01-31 11:00,3,1,1,\n".repeat(times),
    });
    const second = await openFiles({ "a.csv": `a,b\n${late}1,x\n` });

    expect(Object.fromEntries(table.columns.map(({ name, type }) => [name, type]))).toEqual({
      i: "integer",
      n: "number",
      b: "boolean",
      d: "date",
      t: "datetime",
      s: "string",
      code: "string",
      big: "string",
      empty: "string",
    });
    expect(second.columns.map(({ type }) => type)).toEqual(["integer", "string"]);
  });

  it.each([
    ["few", 1],
    ["many", 2001],
  ])("of numbers take no infinite one, of rows that are %s", async (_what, times) => {
    const { findings } = await openFiles({
      "a.csv": `n,m\n${"1.5,1\n".repeat(times)}Infinity,2\n`,
      "b.csv": "n,m,later\n2.5,3,x\n",
    });

    expect(findings).toContainEqual(
      expect.objectContaining({ code: "non-finite", file: "data/a.csv", column: "n", count: 1 }),
    );
  });

  it.each<[why: string, known: object[], fields: object[], cell: string, told: RegExp | null]>([
    [
      "of the live version",
      [{ name: "v", type: "integer" }],
      [],
      "2.5",
      /The live version knows whole numbers there\. If fractions are right, declare it .*`\{ name: "v", type: number \}`/,
    ],
    [
      "that are declared",
      [],
      [{ name: "v", type: "integer" }],
      "2.5",
      /line 3\. If fractions are right, declare it .*`\{ name: "v", type: number \}`/,
    ],
    ["with a decimal comma", [], [{ name: "v", type: "integer" }], '"2,5"', /If fractions are right/],
    ["below one", [], [{ name: "v", type: "integer" }], ".5", /If fractions are right/],
    ["below zero", [], [{ name: "v", type: "integer" }], "-0.25", /If fractions are right/],
    ["where a word came", [], [{ name: "v", type: "integer" }], "many", null],
  ])("of whole numbers say what to declare when fractions come: %s", async (_why, known, fields, cell, told) => {
    const { findings } = await openFiles(
      { "a.csv": `v,c\n1,a\n${cell},b\n` },
      { manifest: { schema: { fields } }, knownTypes: known as { name: string; type: "integer" }[] },
    );

    const [{ code, message }] = findings.filter((found) => found.code === "wrong-type") as [(typeof findings)[0]];
    expect(code).toBe("wrong-type");
    if (told === null) expect(message).not.toContain("fractions");
    else expect(message).toMatch(told);
  });

  it("come from an earlier version for columns that are not declared", async () => {
    const table = await openFiles({ "a.csv": "a\n1\n" }, { knownTypes: [{ name: "a", type: "string" }] });

    expect(await rowsOf(table)).toEqual([["1"]]);
  });

  it.each<[what: string, values: string[], type: string]>([
    ["numbers", ["1.5", "2"], "number"],
    ["whole numbers", ["1", "2"], "integer"],
    ["dates", ["2024-01-31", "2024-02-01"], "date"],
    ["answers", ["true", "false"], "boolean"],
    ["words", ["a", "b"], "string"],
    ["nothing again", ["", ""], "string"],
  ])("are still open for a column that had no value before, and now has %s", async (_what, values, type) => {
    const table = await openFiles(
      { "a.csv": "x,disc\n1,\n2,\n", "b.csv": `x,disc\n${values.map((value, i) => `${i},${value}`).join("\n")}\n` },
      {
        knownTypes: [
          { name: "x", type: "integer" },
          { name: "disc", type: null },
        ],
      },
    );

    expect(table.findings).toEqual([]);
    expect(table.columns).toEqual([
      { name: "x", type: "integer" },
      { name: "disc", type },
    ]);
  });

  it.each<[type: string, text: string, value: number | null]>([
    ["integer", "12", 12],
    ["integer", "12.0", 12],
    ["integer", "12.5", null],
    ["integer", "x", null],
    ["number", "1e3", 1000],
    ["number", "1,5", null],
    ["boolean", "true", 1],
    ["boolean", "maybe", null],
    ["date", "2020-01-31", Date.UTC(2020, 0, 31)],
    ["date", "2020-01-31 10:00", null],
    ["date", "2020-02-30", null],
    ["date", "infinity", null],
    ["datetime", "2020-01-31T10:00:00+02:00", Date.UTC(2020, 0, 31, 8)],
    ["datetime", "2020-01-31 10:00", Date.UTC(2020, 0, 31, 10)],
    ["datetime", "yesterday", null],
  ])("%s reads %s as %s", async (type, text, value) => {
    const table = await openFiles(
      { "a.csv": `a\n"${text}"\n` },
      { manifest: { schema: { fields: [{ name: "a", type }] } } },
    );

    if (value === null) expect(table.findings).toMatchObject([{ code: "wrong-type", line: 2 }]);
    else expect(await rowsOf(table)).toEqual([[value]]);
  });

  it.each<[type: string, text: string, value: number | null]>([
    ["date", "31/01/2020", Date.UTC(2020, 0, 31)],
    ["datetime", "31/01/2020", Date.UTC(2020, 0, 31)],
    ["date", "2020-01-31", null],
  ])("%s of a declared format reads %s as %s", async (type, text, value) => {
    const fields = [{ name: "a", type, format: "%d/%m/%Y" }];

    const table = await openFiles({ "a.csv": `a\n${text}\n` }, { manifest: { schema: { fields } } });

    if (value === null) expect(table.findings[0]!.message).toContain('with the format "%d/%m/%Y"');
    else expect(await rowsOf(table)).toEqual([[value]]);
  });

  it("names file, line, count and examples of what cannot be read", async () => {
    const fields = [{ name: "a", type: "integer" }];

    const table = await openFiles(
      { "a.csv": 'a,b\n1,"x\ny"\noops,z\n\nbad,z\n3,z\n' },
      { manifest: { schema: { fields } } },
    );

    expect(table.findings).toEqual([
      {
        code: "wrong-type",
        severity: "error",
        file: "data/a.csv",
        column: "a",
        line: 4,
        count: 2,
        examples: ['"oops"', '"bad"'],
        message: 'Column "a" of "data/a.csv": 2 values cannot be read as integer ("oops", "bad"), first in line 4.',
        hint: expect.any(String),
      },
    ]);
  });

  it("says the row where a file has no lines, and the line of JSON", async () => {
    const fields = [{ name: "a", type: "integer" }];
    const manifest = { schema: { fields } };
    const parquet = await openFiles(
      { "a.parquet": await parquetOf("SELECT * FROM (VALUES ('1'), ('x')) t(a)") },
      { manifest },
    );
    const jsonl = await openFiles({ "a.jsonl": '{"a":"1"}\n\n{"a":"\\"x"}\n' }, { manifest });

    expect(parquet.findings[0]!.message).toContain("first in row 2");
    expect(jsonl.findings[0]).toMatchObject({ code: "wrong-type", line: 3 });
  });

  it.each(["NaN", "inf", "-Infinity"])("refuses %s among numbers, unless it means missing", async (text) => {
    const content = { "a.csv": `a\n1.5\n${text}\n` };
    const refused = await openFiles(content);
    const missing = await openFiles(content, { manifest: { schema: { missingValues: ["", text] } } });

    expect(refused.findings).toMatchObject([{ code: "non-finite", line: 3, column: "a" }]);
    expect(await rowsOf(missing)).toEqual(expect.arrayContaining([[1.5], [NaN]]));
  });

  it("turns missing values into none, and keeps empty text where that is a value", async () => {
    const schema = { missingValues: ["NA"] };

    const table = await openFiles({ "a.csv": 'a,b\nx,1\nNA,2\n"",3\n' }, { manifest: { schema } });

    expect((await rowsOf(table)).map(([a]) => a)).toEqual(expect.arrayContaining(["x", null, ""]));
  });
});

describe("constraints", () => {
  const content = {
    "1.csv": "id,v,s,d\n1,5,a,2020-01-01\n2,,b,2020-01-02\n",
    "2.csv": "id,v,s,d\n2,50,c c,2021-01-01\n",
  };

  it.each<[what: string, field: object, found: unknown[]]>([
    ["required", { name: "v", type: "number", constraints: { required: true } }, [["required", "data/1.csv", 3]]],
    ["minimum", { name: "v", type: "number", constraints: { minimum: 6 } }, [["out-of-range", "data/1.csv", 2]]],
    ["maximum", { name: "v", type: "number", constraints: { maximum: 49.5 } }, [["out-of-range", "data/2.csv", 2]]],
    ["bounds that hold", { name: "v", type: "number", constraints: { minimum: 5, maximum: 50 } }, []],
    [
      "minimum date",
      { name: "d", type: "date", constraints: { minimum: "2020-01-02" } },
      [["out-of-range", "data/1.csv", 2]],
    ],
    [
      "enum of texts",
      { name: "s", type: "string", constraints: { enum: ["a", "b"] } },
      [["not-in-enum", "data/2.csv", 2]],
    ],
    ["enum of numbers", { name: "v", type: "integer", constraints: { enum: [5] } }, [["not-in-enum", "data/2.csv", 2]]],
    [
      "pattern of the whole text",
      { name: "s", type: "string", constraints: { pattern: "[a-c]" } },
      [["pattern", "data/2.csv", 2]],
    ],
    ["unique", { name: "id", type: "integer", constraints: { unique: true } }, [["not-unique", "data/2.csv", 2]]],
    ["unique, missing apart", { name: "v", type: "number", constraints: { unique: true } }, []],
  ])("%s", async (_what, field, found) => {
    const table = await openFiles(content, { manifest: { schema: { fields: [field] } } });

    expect(table.findings.map(({ code, file, line }) => [code, file, line])).toEqual(found);
  });

  it("primaryKey: unique together, and never missing", async () => {
    const table = await openFiles(content, { manifest: { schema: { primaryKey: ["id", "v"] } } });
    const single = await openFiles(content, { manifest: { schema: { primaryKey: "id" } } });

    expect(table.findings.map(({ code }) => code)).toEqual(["required"]);
    expect(single.findings.map(({ code }) => code)).toEqual(["not-unique"]);
  });

  it("says an expression that DuckDB cannot read", async () => {
    const fields = [{ name: "s", type: "string", constraints: { pattern: "(?=a)" } }];

    const table = await openFiles(content, { manifest: { schema: { fields } } });

    expect(table.findings).toMatchObject([{ code: "pattern", file: null, column: "s" }]);
  });

  it("shows no value of a sensitive column", async () => {
    const fields = [
      { name: "s", type: "string", constraints: { enum: ["a"], pattern: "a", unique: true } },
      { name: "n", type: "integer" },
    ];
    const manifest = { schema: { fields }, sensitive: ["s", "n"] };

    const types = await openFiles({ "1.csv": "s,n\nhush,SECRET\n" }, { manifest });
    const rules = await openFiles({ "1.csv": "s,n\nSECRET,1\nSECRET,2\n" }, { manifest });
    const ragged = await openFiles({ "1.csv": "s,n\nSECRET,1,SECRET\n" }, { manifest });

    expect([types, rules, ragged].map((table) => table.findings.length)).toEqual([1, 3, 1]);
    expect(JSON.stringify([types.findings, rules.findings, ragged.findings])).not.toMatch(/SECRET|hush/);
  });
});
