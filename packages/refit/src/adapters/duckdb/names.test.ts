import fc from "fast-check";
import { columnNameProblem } from "@refit/core/spec";
import { describe, expect, it } from "vitest";
import { openFiles, rowsOf } from "./open-files.fixture.ts";

const csv = (...names: readonly string[]) =>
  `${["id", ...names].map((name) => `"${name.replaceAll('"', '""')}"`).join(",")}\n${[1, 2].map((row) => [row, ...names.map((_, i) => row * 10 + i)].join(",")).join("\n")}\n`;

const jsonl = (...names: readonly string[]) =>
  [1, 2]
    .map((row) => JSON.stringify({ id: row, ...Object.fromEntries(names.map((name, i) => [name, row * 10 + i])) }))
    .join("\n");

const forms = [
  ["a.csv", csv],
  ["a.jsonl", jsonl],
] as const;

const sorted = (rows: readonly unknown[][]) => rows.toSorted(([a], [b]) => Number(a) - Number(b));

describe("names of columns, where they come in", () => {
  it.each([
    ["a zero byte", ["a\0b"], "column-name", /"a\\u0000b", with the control character U\+0000/],
    ["an escape code", ["\u001B[2J"], "column-name", /"\\u001b\[2J", with the control character U\+001B/],
    ["a change of direction", ["x", "a\u202Eb"], "column-name", /turns the direction of reading/],
    ["a name of 1,001 characters", ["x".repeat(1001)], "column-name", /1001 characters/],
    ["two names in two cases", ["A", "a"], "duplicate-column", /same/],
    ["two names that are one to DuckDB", ["K", "\u212A"], "duplicate-column", /same/],
    ["a name that is one to DuckDB and reads like its own", ["A", "a", "a_1"], "duplicate-column", /same/],
    ["two names that look the same", ["price", "pri\u200Bce"], "duplicate-column", /look the same/],
    ["an accent in two forms", ["caf\u00E9", "cafe\u0301"], "duplicate-column", /look the same/],
  ])("%s is told in one sentence", async (_what, names, code, sentence) => {
    for (const [file, text] of forms) {
      const { findings } = await openFiles({ [file]: text(...names) });

      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({
        code,
        severity: "error",
        message: expect.stringMatching(sentence) as string,
      });
      if (code === "column-name") expect(findings[0]!.message).toMatch(/^(?:column \d of )?"data\/a\.\w+"/);
    }
  });

  it("a key without a name is told, and a field without a name gets one", async () => {
    const { findings } = await openFiles({ "a.jsonl": jsonl("") });
    const table = await openFiles({ "a.csv": csv("", " \u00A0") });

    expect(findings).toMatchObject([
      { code: "column-name", line: 1, message: expect.stringContaining('named ""') as string },
    ]);
    expect(table.columns.map(({ name }) => name)).toEqual(["id", "column2", "column3"]);
  });

  it("a key of another case in a later line is told with its line", async () => {
    const { findings } = await openFiles({ "a.jsonl": '{"Amount":1}\n{"Amount":2}\n{"amount":3}\n' });

    expect(findings).toMatchObject([{ code: "duplicate-column", line: 3 }]);
  });

  it("names that DuckDB might have made are kept where they are the file's", async () => {
    const table = await openFiles({ "a.jsonl": jsonl("C1", "x", "x_1") });

    expect(table.findings).toEqual([]);
    expect(sorted(await rowsOf(table))).toEqual([
      [1, 10, 11, 12],
      [2, 20, 21, 22],
    ]);
  });

  it("a zero byte in a value is not one in a name", async () => {
    const table = await openFiles({ "a.jsonl": '{"a":"x\\u0000y","b":1}\n{"a":"z","b":2}\n' });

    expect(table.findings).toEqual([]);
  });

  it.each([
    ["LF", "\n", "\n"],
    ["LF, with rows that end in CR LF, as Excel writes it", "\n", "\r\n"],
    ["CR LF", "\r\n", "\n"],
    ["CR LF, with rows that end in CR LF", "\r\n", "\r\n"],
    ["CR", "\r", "\n"],
  ])("a line break in a name is carried: %s", async (_what, inName, rowEnd) => {
    const text = [`id,"Price${inName}(USD), net"`, "1,10", '2,"20"', ""].join(rowEnd);
    const table = await openFiles({ "a.csv": text });

    expect(table.findings).toEqual([]);
    expect(table.columns.map(({ name }) => name)).toEqual(["id", `Price${inName}(USD), net`]);
    expect(sorted(await rowsOf(table))).toEqual([
      [1, 10],
      [2, 20],
    ]);
  });

  it("what is wrong below a name with a line break has the line of the file", async () => {
    const { findings } = await openFiles({ "a.csv": 'id,"a\nb"\n1,2\n3,4,5\n' });

    expect(findings).toMatchObject([{ code: "ragged-row", line: 4 }]);
  });

  it("a hidden character is left behind by `from`", async () => {
    const fields = [{ name: "total", from: "\u001B[1mtotal", type: "integer" }];
    const table = await openFiles({ "a.csv": csv("\u001B[1mtotal") }, { manifest: { schema: { fields } } });

    expect(table.findings).toEqual([]);
    expect(table.columns.map(({ name }) => name)).toEqual(["id", "total"]);
  });

  it.each([
    ['SELECT *, 1 AS "a\u001Bb" FROM source', "column 3 of the result is named"],
    ['SELECT *, 1 AS "X\u200B" FROM source', "look the same to a reader"],
    ['SELECT *, 1 AS "x " FROM source', "look the same to a reader"],
  ])("a name that prepare makes is told: %s", async (sql, message) => {
    const table = await openFiles({ "a.csv": csv("x") });

    await expect(table.prepare({ sql, target: "x", time: null, key: [] })).rejects.toThrow(message);
  });

  it("any name is either told, or carried with its values", { timeout: 120_000 }, async () => {
    const pieces = [..."aA1 _\"'`;,|:\n\r\t\u0085\u00A0\u200B\u200D\u202E\u2028\uFEFF\0\u001B\u009B東é\u0301👩\uD83D"];
    const names = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((some) => some.join(""));
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom(...forms), async (odd, [file, text]) => {
        const table = await openFiles({ [file]: text(odd) });

        if (table.findings.length > 0) {
          expect(table.findings[0]!.message).not.toMatch(/[\p{C}\u2028\u2029]/u);
          return;
        }
        const found = table.columns.find(({ name }) => name !== "id")!;
        expect(columnNameProblem(found.name)).toBeNull();
        const rows = (await rowsOf(table)) as number[][];
        // A key that is a number comes first in an object.
        expect(sorted(rows.map((row) => row.sort((a, b) => a - b)))).toEqual([
          [1, 10],
          [2, 20],
        ]);
      }),
      { numRuns: 40 },
    );
  });
});
