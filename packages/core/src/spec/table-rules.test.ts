import { describe, expect, it } from "vitest";
import { checkDataManifest } from "./check-data-manifest.ts";

describe("checkDataManifest: further tables", () => {
  const table = {
    name: "orders",
    sources: [{ path: "orders/*.csv" }],
    schema: {
      fields: [
        { name: "id", type: "string" },
        { name: "at", type: "date" },
      ],
      primaryKey: "id",
    },
    availableAt: "at",
  };
  const problems = (tables: unknown, prepare: string | null = "SELECT * FROM source") => {
    const document = { sources: [{ path: "x.csv" }], tables, ...(prepare !== null && { prepare }) };
    const checked = checkDataManifest(document, [""]);
    return checked.ok ? [] : checked.problems.map(({ message }) => message);
  };

  it.each<[why: string, tables: unknown, problems: readonly string[]]>([
    ["one that is right", [table], []],
    ["without a time", [{ ...table, availableAt: undefined }], []],
    [
      "a column that it does not have",
      [{ ...table, availableAt: "att" }],
      ['tables[0].availableAt: the table has no column "att" in schema.fields; did you mean "at"?'],
    ],
    [
      "a time that is none",
      [{ ...table, availableAt: "id" }],
      ['tables[0].availableAt: "id" is a string; expected a date or a datetime'],
    ],
    [
      "a key that it does not have",
      [{ ...table, schema: { ...table.schema, primaryKey: ["id", "no"] } }],
      ['tables[0].schema.primaryKey[1]: the table has no column "no" in schema.fields'],
    ],
    ["a name twice", [table, table], ['tables[1].name: "orders" is already tables[0]']],
    [
      "a path that leaves the repository",
      [{ ...table, sources: [{ path: "../x.csv" }] }],
      [expect.stringMatching(/^tables\[0\]\.sources\[0\]\.path: /) as string],
    ],
    [
      "a field twice",
      [{ ...table, schema: { fields: [...table.schema.fields, { name: "ID", type: "date" }] } }],
      ['tables[0].schema.fields[2].name: "ID" is already the name of fields[0]; SQL ignores upper and lower case'],
    ],
  ])("%s", (_why, tables, expected) => {
    expect(problems(tables)).toEqual(expected);
  });

  it.each(["source", "Orders", "refit_source", "a-b", "1a", ""])("no table can be named %j", (name) => {
    expect(problems([{ ...table, name }])).toEqual([expect.stringMatching(/^tables\[0\]\.name: /) as string]);
  });

  it("no view can be named like a table or another view", () => {
    const checked = checkDataManifest(
      { sources: [{ path: "x.csv" }], tables: [table], views: ["a", "orders", "a"], prepare: "SELECT * FROM a" },
      [""],
    );

    expect(checked.ok ? [] : checked.problems.map(({ message }) => message)).toEqual([
      'views[1]: "orders" is already tables[0]',
      'views[2]: "a" is already views[0]',
    ]);
  });

  it("tables that nothing joins", () => {
    expect(problems([table], null)).toEqual(["tables: nothing reads them: write the `prepare` that does"]);
  });
});
