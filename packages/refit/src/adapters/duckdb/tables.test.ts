import { writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it } from "vitest";

import { duckdbTables } from "./index.ts";
import { openFiles, parquetOf, rowsOf } from "./open-files.fixture.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

const sorted = (rows: unknown[][]): unknown[][] => rows.sort((a, b) => (String(a) < String(b) ? -1 : 1));

describe("files that are read", () => {
  it.each<[what: string, name: string, content: string | Uint8Array, rows: unknown[][]]>([
    [
      "plain",
      "a.csv",
      "a,b\n1,x\n2,y\n",
      [
        [1, "x"],
        [2, "y"],
      ],
    ],
    [
      "no line end at the end",
      "a.csv",
      "a,b\n1,x\n2,y",
      [
        [1, "x"],
        [2, "y"],
      ],
    ],
    [
      "CR LF",
      "a.csv",
      "a,b\r\n1,x\r\n2,y\r\n",
      [
        [1, "x"],
        [2, "y"],
      ],
    ],
    [
      "now CR LF, now LF",
      "a.csv",
      'a,b\n1,x\r\n2,"y\r\nz"\n3,z\r\n',
      [
        [1, "x"],
        [2, "y\r\nz"],
        [3, "z"],
      ],
    ],
    [
      "LF only at the end",
      "a.csv",
      "a,b\r\n1,x\r\n2,y\n",
      [
        [1, "x"],
        [2, "y"],
      ],
    ],
    [
      "LF only after the header",
      "a.csv",
      "a,b\n1,x\r\n2,y\r\n",
      [
        [1, "x"],
        [2, "y"],
      ],
    ],
    [
      "CR alone",
      "a.csv",
      "a,b\r1,x\r2,y\r",
      [
        [1, "x"],
        [2, "y"],
      ],
    ],
    ["a byte order mark", "a.csv", '\uFEFF"a",b\n1,x\n', [[1, "x"]]],
    ["semicolons", "a.csv", "a;b\n1;x,y\n", [[1, "x,y"]]],
    ["tabs", "a.csv", "a\tb\n1\tx\n", [[1, "x"]]],
    ["quoted separators, quotes and line ends", "a.csv", 'a,b\n1,"x,""y""\nz"\n', [[1, 'x,"y"\nz']]],
    [
      "empty lines",
      "a.csv",
      "a,b\n1,x\n\n2,y\n\n",
      [
        [1, "x"],
        [2, "y"],
      ],
    ],
    [
      "an empty last field in one row",
      "a.csv",
      "a,b\n1,x,\n2,y\n",
      [
        [1, "x"],
        [2, "y"],
      ],
    ],
    ["a field of 3 MB", "a.csv", `a,b\n1,${"x".repeat(3e6)}\n`, [[1, "x".repeat(3e6)]]],
    ["names that are hostile to SQL", "a.csv", `a" DROP TABLE x --,'b'\n1,x\n`, [[1, "x"]]],
    ["a column without a name", "a.csv", ",b\n1,x\n", [[1, "x"]]],
    ["gzip", "a.csv.gz", gzipSync("a,b\n1,x\n"), [[1, "x"]]],
    [
      "JSON lines",
      "a.jsonl",
      '{"a":1,"b":"x"}\n\n{"b":"y","a":2}\n{"a":3}\n',
      [
        [1, "x"],
        [2, "y"],
        [3, null],
      ],
    ],
    ["gzipped JSON lines", "a.jsonl.gz", gzipSync('{"a":1,"b":"x"}\n'), [[1, "x"]]],
  ])("%s", async (_what, name, content, rows) => {
    const table = await openFiles({ [name]: content });

    expect(table.findings).toEqual([]);
    expect(table.rowsByFile.get(`data/${name}`)).toBe(rows.length);
    expect(sorted(await rowsOf(table))).toEqual(rows);
  });

  it("Parquet, with the types that it states", async () => {
    const bytes = await parquetOf(
      "SELECT 1::TINYINT i, 1.5::DECIMAL(9,2) n, true b, DATE '2020-01-31' d, TIMESTAMPTZ '2020-01-31 10:00:00+02' t, '007' s",
    );

    const table = await openFiles({ "a.parquet": bytes });

    expect(table.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "i integer",
      "n number",
      "b boolean",
      "d date",
      "t datetime",
      "s string",
    ]);
    expect(await rowsOf(table)).toEqual([[1, 1.5, 1, Date.UTC(2020, 0, 31), Date.UTC(2020, 0, 31, 8), "007"]]);
  });

  it("1,000 columns", async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `c${i}`);
    const row = (value: number) => names.map((_, i) => (i % 3 === 0 ? `t${value}` : value + i)).join(",");

    const table = await openFiles({ "wide.csv": `${names.join(",")}\n${row(1)}\n${row(2)}\n` });
    const profile = await table.profile("data/wide.csv");

    expect(table.findings).toEqual([]);
    expect(profile.columns).toHaveLength(1000);
    expect(profile.columns[0]).toMatchObject({
      type: "string",
      top: [
        ["t1", 1],
        ["t2", 1],
      ],
    });
    expect((await rowsOf(table)).map((values) => values[1])).toEqual(expect.arrayContaining([2, 3]));
  });
});

describe("files that are refused", () => {
  const good = "a,b\n1,x\n";

  it.each<
    [what: string, name: string, content: string | Uint8Array, code: string, line: number | undefined, message: string]
  >([
    ["empty", "a.csv", "", "empty-file", undefined, "is empty"],
    ["empty gzip", "a.csv.gz", gzipSync(""), "empty-file", undefined, "is empty"],
    ["header only", "a.csv", "a,b\n", "header-only", undefined, "has a header but no rows"],
    ["header only, no line end", "a.csv", "a,b", "header-only", undefined, "has a header but no rows"],
    ["JSON lines without lines", "a.jsonl", "\n\n", "header-only", undefined, "has no rows"],
    ["an empty first line", "a.csv", "\na,b\n1,x\n", "unreadable-file", undefined, "first line is empty"],
    [
      "a row too short",
      "a.csv",
      'a,b\n1,"x\ny"\n2\n3,z\n4\n',
      "ragged-row",
      4,
      "2 rows have more or fewer fields than the header (2), first in line 4 (1)",
    ],
    ["a row too long", "a.csv", "a,b\n1,x\n2,y,z\n", "ragged-row", 3, "1 row has more or fewer fields"],
    ["another separator halfway", "a.csv", "a,b\n1,x\n2;y\n", "ragged-row", 3, "first in line 3 (1)"],
    [
      "a quote that never closes",
      "a.csv",
      'a,b\n1,x\n2,"y\n3,z\n',
      "unreadable-file",
      3,
      "a quote that opens in the record of line 3 never closes",
    ],
    ["text after a closing quote", "a.csv", 'a,b\n1,"x"y\n', "unreadable-file", undefined, "quotes"],
    ["a row of 9 MiB", "a.csv", `a,b\n1,${"x".repeat(9 << 20)}\n`, "unreadable-file", undefined, "longer than 8 MiB"],
    [
      "Latin-1 in a row",
      "a.csv",
      latin1("a,b\n1,x\n2,caf\u00e9\n"),
      "not-utf8",
      3,
      "line 3, contains bytes that are not UTF-8",
    ],
    ["Latin-1 in the header", "a.csv", latin1("a,caf\u00e9\n1,x\n"), "not-utf8", 1, "line 1"],
    ["UTF-16", "a.csv", Buffer.from("\uFEFFa,b\n1,x\n", "utf16le"), "not-utf8", 1, "is encoded as UTF-16"],
    ["the same column twice", "a.csv", "a,b,A\n1,x,2\n", "duplicate-column", 1, "columns 1 and 3"],
    ["a name of ours", "a.csv", "a,__refit_row\n1,x\n", "duplicate-column", 1, "refit's own"],
    ["no gzip", "a.csv.gz", utf8(good), "unreadable-file", undefined, "not a complete gzip file"],
    [
      "gzip cut short",
      "a.csv.gz",
      gzipSync(good.repeat(100)).subarray(0, 30),
      "unreadable-file",
      undefined,
      "not a complete gzip file",
    ],
    ["no Parquet", "a.parquet", utf8(good), "unreadable-file", undefined, "cannot be read as Parquet"],
    [
      "a line that is not JSON",
      "a.jsonl",
      '{"a":1}\n{"a":2,\n{"a":3}\n',
      "unreadable-file",
      2,
      "line 2, is not a JSON object",
    ],
    [
      "a line that is not an object",
      "a.jsonl",
      '{"a":1}\n[1,2]\n',
      "unreadable-file",
      2,
      "line 2, is not a JSON object",
    ],
  ])("%s", async (_what, name, content, code, line, message) => {
    const table = await openFiles({ [name]: content });

    expect(table.findings).toHaveLength(1);
    expect(table.findings[0]).toMatchObject({
      code,
      severity: "error",
      file: `data/${name}`,
      message: expect.stringContaining(message),
    });
    expect(table.findings[0]!.line).toBe(line);
  });

  it("tells every bad file, and keeps the rows of the good ones", async () => {
    const table = await openFiles({ "a.csv": good, "b.csv": "", "c.csv": "a,b\n1\n" });

    expect(table.findings.map(({ code, file }) => [code, file])).toEqual([
      ["empty-file", "data/b.csv"],
      ["ragged-row", "data/c.csv"],
    ]);
    expect(table.rowsByFile).toEqual(new Map([["data/a.csv", 1]]));
  });
});

it("says that a file vanished after it was hashed", async () => {
  const folder = await temporaryFolder();
  const gone = {
    path: "data/a.csv",
    format: "csv" as const,
    delimiter: null,
    bytes: 1,
    blob: null,
    identity: "i",
    sha256: "0",
  };
  const files = [{ ...gone, localPath: `${folder}/a.csv` }];
  const manifest = dataManifest.parse({ sources: [{ path: "data/*" }] });

  const opened = duckdbTables.open({ dataset: "d", files, manifest, knownTypes: [], scratch: `${folder}/scratch` });

  await expect(opened).rejects.toMatchObject({ code: "source-vanished" });
});

it("of gzip are prepared although another table in the same folder was closed meanwhile", async () => {
  const folder = await temporaryFolder();
  const manifest = dataManifest.parse({ sources: [{ path: "data/*" }] });
  const open = async (name: string) => {
    const bytes = gzipSync(`a,b\n1,${name}\n`);
    const localPath = `${folder}/${name}.csv.gz`;
    await writeFile(localPath, bytes);
    const known = { format: "csv" as const, delimiter: null, bytes: bytes.length, blob: null, identity: name };
    const files = [{ ...known, path: `data/${name}.csv.gz`, sha256: name, localPath }];
    return duckdbTables.open({ dataset: "d", files, manifest, knownTypes: [], scratch: `${folder}/scratch` });
  };
  const [old, table] = [await open("x"), await open("y")];

  await old.close();

  expect(await rowsOf(table)).toEqual([[1, "y"]]);
  await table.close();
});

describe("columns over several files", () => {
  const declared = { schema: { fields: [{ name: "speed", from: "Speed", type: "number" }] } };

  it.each<[what: string, files: Record<string, string>, options: object, found: unknown[]]>([
    ["order does not matter", { "1.csv": "a,b\n1,x\n", "2.csv": "b,a\ny,2\n" }, {}, []],
    [
      "a declared one is missing",
      { "1.csv": "Speed\n1\n", "2.csv": "sped\n2\n" },
      { manifest: declared },
      [
        ["missing-column", "data/2.csv", "speed"],
        ["new-column", "data/2.csv", "sped"],
      ],
    ],
    ["one begins later", { "1.csv": "a\n1\n", "2.csv": "a,b\n2,x\n" }, {}, [["new-column", "data/2.csv", "b"]]],
    ["one ends", { "1.csv": "a,b\n1,x\n", "2.csv": "a\n2\n" }, {}, [["gone-column", "data/2.csv", "b"]]],
    [
      "one that was known is gone",
      { "1.csv": "a\n1\n" },
      {
        knownTypes: [
          { name: "a", type: "integer" },
          { name: "z", type: "string" },
        ],
      },
      [["gone-column", null, "z"]],
    ],
    [
      "one that was not known",
      { "1.csv": "a,b\n1,2\n" },
      { knownTypes: [{ name: "a", type: "integer" }] },
      [["new-column", "data/1.csv", "b"]],
    ],
    [
      "renaming makes two of a name",
      { "1.csv": "Speed,SPEED2,speed\n1,2,3\n" },
      { manifest: declared },
      [["duplicate-column", "data/1.csv", "speed"]],
    ],
  ])("%s", async (_what, files, options, found) => {
    const table = await openFiles(files, options);

    expect(table.findings.map(({ code, file, column }) => [code, file, column])).toEqual(found);
  });

  it("reads a column as no value where it is not", async () => {
    const table = await openFiles({ "1.csv": "a\n1\n", "2.csv": "a,b\n2,x\n" });

    expect(sorted(await rowsOf(table))).toEqual([
      [1, null],
      [2, "x"],
    ]);
  });

  it("lets a person accept that a column is gone", async () => {
    const accept = [{ column: "b", finding: "gone-column", reason: "no longer measured" }];

    const table = await openFiles({ "1.csv": "a,b\n1,x\n", "2.csv": "a\n2\n" }, { manifest: { checks: { accept } } });

    expect(table.findings).toMatchObject([{ code: "gone-column", severity: "warning" }]);
    expect(table.findings[0]).toHaveProperty("accepted.reason", "no longer measured");
  });
});
