import { describe, expect, it } from "vitest";
import { openFiles, parquetOf, rowsOf } from "./open-files.fixture.ts";

const column = (field: object) => ({ manifest: { schema: { fields: [{ name: "a", ...field }] } } });
const csv = (text: string) => ({ "a.csv": `a,b\n"${text}",1\n` });

describe("numbers as a manifest says that they are written", () => {
  it.each<[how: object, text: string, value: number | null]>([
    [{ decimalChar: "," }, "1,5", 1.5],
    [{ decimalChar: "," }, " -0,25 ", -0.25],
    [{ decimalChar: "," }, "12", 12],
    [{ decimalChar: "," }, "1,5e3", 1500],
    [{ decimalChar: "," }, ",5", 0.5],
    [{ decimalChar: "," }, "1.5", null],
    [{ decimalChar: "," }, "1,5,0", null],
    [{ decimalChar: "," }, "nan", null],
    [{ groupChar: "," }, "1,234,567.5", 1_234_567.5],
    [{ groupChar: "," }, "12,34,567", 1_234_567],
    [{ groupChar: "," }, "1,5", null],
    [{ groupChar: "," }, "1234,567", null],
    [{ groupChar: "," }, "1234.5", 1234.5],
    [{ decimalChar: ",", groupChar: "." }, "1.234,5", 1234.5],
    [{ decimalChar: ",", groupChar: "." }, "1.234", 1234],
    [{ decimalChar: ",", groupChar: "." }, "1,234.5", null],
    [{ decimalChar: ",", groupChar: " " }, "1 234,5", 1234.5],
    [{ decimalChar: ",", groupChar: "\u202F" }, "1\u202F234,5", 1234.5],
    [{ groupChar: "'" }, "1'234.5", 1234.5],
    [{ bareNumber: false }, "$ 12.5", 12.5],
    [{ bareNumber: false }, "-$12.5", -12.5],
    [{ bareNumber: false }, "$-12.5", -12.5],
    [{ bareNumber: false }, "95 %", 95],
    [{ bareNumber: false }, "12.5 EUR", 12.5],
    [{ bareNumber: false }, "(12.5)", null],
    [{ bareNumber: false }, "$", null],
    [{ bareNumber: false }, "1 of 2", null],
    [{ bareNumber: false, unit: "kg" }, "12.5 kg", 12.5],
    [{ bareNumber: false, unit: "kg" }, "12.5kg", 12.5],
    [{ bareNumber: false, unit: "kg" }, "12.5", 12.5],
    [{ bareNumber: false, unit: "kg" }, "12.5 lb", null],
    [{ bareNumber: false, unit: "kg" }, "12.5 kgs", null],
    [{ bareNumber: false, unit: "kg" }, "12.5 g", null],
    [{ bareNumber: false, unit: "$" }, "-$12.5", -12.5],
    [{ bareNumber: false, unit: "$" }, "$ -12.5", -12.5],
    [{ bareNumber: false, unit: "$" }, "€12.5", null],
    [{ bareNumber: false, unit: "mW" }, "3 MW", null],
    [{ bareNumber: false, unit: "m²", decimalChar: "," }, "12,5 m²", 12.5],
    [{ bareNumber: false, unit: "m²" }, "12.5 m", null],
    [{ bareNumber: false, unit: ".*" }, "12.5 lb", null],
    [{ bareNumber: false, groupChar: ",", decimalChar: "." }, "$1,234.50", 1234.5],
    [{ type: "integer", groupChar: "," }, "1,234", 1234],
    [{ type: "integer", groupChar: "," }, "1,234.5", null],
    [{ type: "integer", bareNumber: false }, "12 km", 12],
  ])("%j reads %j as %s", async (how, text, value) => {
    const table = await openFiles(csv(text), column({ type: "number", ...how }));

    if (value === null) expect(table.findings).toMatchObject([{ code: "wrong-type", column: "a", line: 2 }]);
    else expect((await rowsOf(table))[0]).toEqual([value, 1]);
  });

  it("says how they should be written beside what is not", async () => {
    const { findings } = await openFiles(csv("1.5"), column({ type: "number", decimalChar: ",", groupChar: "'" }));

    expect(findings[0]!.message).toBe(
      'Column "a" of "data/a.csv": 1 value cannot be read as number with the decimalChar "," and the groupChar "\'" ("1.5"), first in line 2.',
    );
  });

  it("holds for texts of any format, and for bounds", async () => {
    const how = { type: "number", decimalChar: ",", constraints: { maximum: 2 } };
    const jsonl = await openFiles({ "a.jsonl": '{"a":"1,5"}\n{"a":"2,5"}\n' }, column(how));
    const parquet = await openFiles({ "a.parquet": await parquetOf("SELECT '1,5' AS a") }, column(how));

    expect(jsonl.findings).toMatchObject([{ code: "out-of-range", line: 2, examples: ['"2.5"'] }]);
    expect(await rowsOf(parquet)).toEqual([[1.5]]);
  });

  it("reads the same rows in many files and in one", async () => {
    const lines = Array.from({ length: 2500 }, (_, i) => `"${i},5",${i}`).join("\n");
    const { findings } = await openFiles(
      { "a.csv": `a,b\n${lines}\n`, "b.csv": 'a,b\n"7.5",1\n' },
      column({ type: "number", decimalChar: "," }),
    );

    expect(findings).toMatchObject([{ code: "wrong-type", file: "data/b.csv", count: 1, examples: ['"7.5"'] }]);
  });
});

describe("missing values of a column", () => {
  const countries = 'a,country\nNA,NA\n1.5,DE\n-,"-"\n"",""\n';

  it.each<[what: string, schema: object, rows: (string | number | null)[][]]>([
    [
      "a number's own",
      {
        fields: [
          { name: "a", type: "number", missingValues: ["", "NA", "-"] },
          { name: "country", type: "string" },
        ],
      },
      [
        [Number.NaN, "NA"],
        [1.5, "DE"],
        [Number.NaN, "-"],
        [Number.NaN, null],
      ],
    ],
    [
      "in place of those of the schema",
      {
        missingValues: ["", "NA", "-"],
        fields: [{ name: "country", type: "string", missingValues: ["-"] }],
      },
      [
        [Number.NaN, "NA"],
        [1.5, "DE"],
        [Number.NaN, null],
        [Number.NaN, ""],
      ],
    ],
    [
      "none at all",
      {
        missingValues: ["", "NA", "-"],
        fields: [{ name: "country", type: "string", missingValues: [] }],
      },
      [
        [Number.NaN, "NA"],
        [1.5, "DE"],
        [Number.NaN, "-"],
        [Number.NaN, ""],
      ],
    ],
  ])("are %s", async (_what, schema, rows) => {
    const table = await openFiles({ "a.csv": countries }, { manifest: { schema } });

    const read = await rowsOf(table);

    expect(read).toHaveLength(4);
    expect(read).toEqual(expect.arrayContaining(rows));
  });

  it("leave wrong texts of other columns what they are", async () => {
    const fields = [
      { name: "a", type: "number", missingValues: ["", "NA", "-"] },
      { name: "country", type: "number" },
    ];

    const { findings } = await openFiles({ "a.csv": countries }, { manifest: { schema: { fields } } });

    expect(findings).toMatchObject([{ code: "wrong-type", column: "country", count: 3, line: 2 }]);
  });

  it("count as missing in the profile", async () => {
    const fields = [{ name: "country", type: "string", missingValues: ["", "NA", "-"] }];
    const table = await openFiles({ "a.csv": countries }, { manifest: { schema: { fields } } });

    const { columns } = await table.profile("data/a.csv");

    expect(columns.find(({ name }) => name === "country")).toMatchObject({ rows: 4, nulls: 3, top: [["DE", 1]] });
  });
});
