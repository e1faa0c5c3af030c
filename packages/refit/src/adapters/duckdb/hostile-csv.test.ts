import { describe, expect, it } from "vitest";
import { openFiles } from "./open-files.fixture.ts";

const rows = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");
const plain = (count = 30) => rows(count, (i) => `a${i},${i % 7}.5,${i % 2 ? "yes" : "no"}`);

function utf16(text: string, order: "le" | "be", mark = true): Uint8Array {
  const bytes = Buffer.from(`${mark ? "\uFEFF" : ""}${text}`, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
}

function utf32(text: string): Uint8Array {
  const letters = [...`\uFEFF${text}`];
  const bytes = Buffer.alloc(4 * letters.length);
  for (const [i, letter] of letters.entries()) bytes.writeUInt32LE(letter.codePointAt(0)!, 4 * i);
  return bytes;
}

describe("a header line that is there once more", () => {
  it.each<[why: string, text: string, line: number, count: number]>([
    ["in the middle", `id,x,y\n${plain()}\nid,x,y\n${plain()}\n`, 32, 1],
    ["where all columns are text", `c,d,y\n${rows(9, (i) => `a${i},b,yes`)}\nc,d,y\na,b,no\n`, 11, 1],
    ["at the end", `id,x,y\n${plain()}\nid,x,y\n`, 32, 1],
    ["right after itself", `id,x,y\nid,x,y\n${plain()}\n`, 2, 1],
    ["three times", `id,x,y\n${plain()}\n${`id,x,y\n${plain()}\n`.repeat(3)}`, 32, 3],
    ["with semicolons", `id;x;y\na;1;yes\nid;x;y\nb;2;no\n`, 3, 1],
    ["in quotes", `"id","x","y"\na,1,yes\n"id","x","y"\nb,2,no\n`, 3, 1],
    ["once without them", `"id","x","y"\na,1,yes\nid,x,y\nb,2,no\n`, 3, 1],
    ["beside a column without a name", `,x,y\n1,2,yes\n,x,y\n2,2,no\n`, 3, 1],
    ["after empty lines and a quoted line break", `id,x,y\n\n"a\nb",1,yes\n\nid,x,y\nb,2,no\n`, 6, 1],
    ["with line ends of another kind", `id,x,y\r\na,1,yes\r\nid,x,y\nb,2,no\n`, 3, 1],
    ["in more rows than one statement samples", `id,x,y\n${plain(5000)}\nid,x,y\n${plain()}\n`, 5002, 1],
  ])("is named: %s", async (_why, text, line, count) => {
    const { findings } = await openFiles({ "a.csv": text });

    const times = count === 1 ? "once more" : `${count} times more`;
    expect(findings.filter(({ code }) => code === "header-again")).toEqual([
      expect.objectContaining({ severity: "suspect", file: "data/a.csv", line, count }),
    ]);
    expect(findings.find(({ code }) => code === "header-again")!.message).toBe(
      `"data/a.csv" has its header line ${times}, as a row of data, first in line ${line}.`,
    );
  });

  it("is named in each of several files that has it", async () => {
    const good = "id,x,y\na,1,yes\n";
    const { findings } = await openFiles({
      "a.csv": good,
      "b.csv": `${good}id,x,y\nb,2,no\n`,
      "c.csv": "x,id\n1,a\n2,b\nx,id\n",
    });

    expect(findings.filter(({ code }) => code === "header-again").map(({ file, line }) => [file, line])).toEqual([
      ["data/b.csv", 3],
      ["data/c.csv", 4],
    ]);
  });

  it.each<[why: string, text: string]>([
    ["one column, whose name may be a value", "name\na\nname\n"],
    ["a value that is the name of its column", "id,x,y\nid,1,yes\nb,x,no\n"],
    ["names in another order", "id,x,y\nx,id,y\n"],
    ["names in other letters", "id,x,y\nID,X,Y\n"],
  ])("and nothing else is: %s", async (_why, text) => {
    const { findings } = await openFiles({ "a.csv": text });

    expect(findings.filter(({ code }) => code === "header-again")).toEqual([]);
  });

  it("may be accepted, by the name that its first column has after renaming", async () => {
    const text = "left,right\na,b\nleft,right\nb,a\n";
    const fields = [{ name: "l", from: "left", type: "string" }];
    const accept = [{ column: "l", finding: "header-again", reason: "they are words of a language" }];

    const table = await openFiles({ "a.csv": text }, { manifest: { schema: { fields }, checks: { accept } } });

    expect(table.findings).toEqual([
      expect.objectContaining({ code: "header-again", severity: "warning", column: "l" }),
    ]);
    expect(table.rowsByFile.get("data/a.csv")).toBe(3);
  });
});

describe("bytes that are not text as UTF-8", () => {
  it.each<[why: string, bytes: Uint8Array, encoding: string]>([
    ["little endian", utf16("id,x\na,1\n", "le"), "UTF-16"],
    ["big endian", utf16("id,x\na,1\n", "be"), "UTF-16"],
    ["little endian without a mark", utf16("id,x\na,1\n", "le", false), "UTF-16LE"],
    ["big endian without a mark", utf16("id,x\na,1\n", "be", false), "UTF-16BE"],
    ["32 bits a letter", utf32("id,x\na,1\n"), "UTF-32"],
    ["with letters beyond Latin", utf16("名前,x\n太郎,1\n", "le"), "UTF-16"],
    ["as spreadsheets write it, with tabs", utf16("id\tx\r\na\t1\r\n", "le"), "UTF-16"],
  ])("say which encoding they are in: UTF-16 %s", async (_why, bytes, encoding) => {
    const { findings } = await openFiles({ "a.csv": bytes });
    const lines = await openFiles({ "a.jsonl": bytes });

    for (const found of [findings, lines.findings]) {
      expect(found).toEqual([
        expect.objectContaining({ code: "not-utf8", file: expect.anything() as unknown, line: 1 }),
      ]);
      expect(found[0]!.message).toMatch(
        new RegExp(`is encoded as ${encoding}; refit reads UTF-8\\. Convert it: \`iconv -f ${encoding} -t UTF-8\``),
      );
    }
  });

  it.each<[why: string, name: string, text: string, line: number]>([
    ["in a word", "a.csv", "id,x\na\0b,1\n", 2],
    ["in a number", "a.csv", "id,x\na,1\nb,1\0\n", 3],
    ["in quotes, after a line break", "a.csv", 'id,x\n"a\n\0b",1\n', 3],
    ["as the rest of a file that was cut off", "a.csv", `id,x\na,1\n${"\0".repeat(4096)}`, 3],
    ["after lines that end with CR alone", "a.csv", "id,x\ra,1\rb\0,2\r", 3],
    ["after lines that end with CR LF", "a.csv", "id,x\r\na,1\r\nb\0,2\r\n", 3],
    ["far into a file", "a.csv", `id,x\n${"abcdefghi,1\n".repeat(200_000)}b\0,2\n`, 200_002],
    ["in JSON Lines", "a.jsonl", '{"id":1}\n{"id":"a\0"}\n', 2],
  ])("are named where they are NUL: %s", async (_why, name, text, line) => {
    const { findings } = await openFiles({ [name]: text });

    expect(findings).toEqual([
      expect.objectContaining({ code: "unreadable-file", severity: "error", file: `data/${name}`, line }),
    ]);
    expect(findings[0]!.message).toMatch(
      new RegExp(`line ${line}, contains a NUL byte, which text does not have: the file was damaged or cut off`),
    );
  });
});

it.each(["id,x\0\na,1\n", "\0id,x\na,1\n"])("a NUL in the header is part of a name: %j", async (text) => {
  const { findings } = await openFiles({ "a.csv": text });

  expect(findings).toMatchObject([{ code: "column-name", file: "data/a.csv", line: 1 }]);
});

describe("lines that are not rows", () => {
  it.each<[why: string, text: string, message: RegExp]>([
    [
      "comments before the header",
      "# by X\n# for Y\nid,x,y\na,1,yes\n",
      /line 1 begins with "#", as a comment does.*header in line 3.*Remove the lines before it/,
    ],
    [
      "a comment of slashes",
      "// by X\nid,x,y\na,1,yes\n",
      /line 1 begins with "\/\/", as a comment does.*header in line 2/,
    ],
    [
      "a comment with a separator",
      "# by X, for Y\nid,x,y\na,1,yes\nb,2,no\n",
      /line 1 begins with "#", as a comment does.*header in line 2/,
    ],
    [
      "a title",
      "Report of March\n\nid;x;y\na;1;yes\nb;2;no\n",
      /line 1 has 1 field, and the rows have 3.*title.*header in line 3/,
    ],
    [
      "the separator, as Excel writes it",
      "sep=;\nid;x;y\na;1;yes\nb;2;no\n",
      /line 1 is "sep=…", which only Excel reads.*Remove it/,
    ],
    [
      "a comment at the end",
      `id,x,y\n${plain()}\n# end\n`,
      /line 32 begins with "#", as a comment does.*Remove such lines/,
    ],
    [
      "comments between rows",
      `id,x,y\n${plain()}\n# a\n${plain()}\n# b, c\n`,
      /2 rows have.*line 32 begins with "#", as a comment does/,
    ],
    ["a rule of dashes", `id,x,y\n-----\n${plain()}\n`, /first in line 2 \(1\)/],
  ])("are told from rows: %s", async (_why, text, message) => {
    const { findings } = await openFiles({ "a.csv": text });

    expect(findings).toEqual([expect.objectContaining({ code: "ragged-row", severity: "error", file: "data/a.csv" })]);
    expect(findings[0]!.message).toMatch(message);
  });

  it.each<[why: string, text: string]>([
    ["a number sign as a name", "#,x\n1,2\n"],
    ["a name with a number sign, as genomes have", "#chrom\tpos\nchr1\t5\n"],
    ["a value with one", "id,x\n#1,2\n"],
    ["a separator in a name", '"sep=",x\n1,2\n'],
  ])("are no reason to refuse a file that is right: %s", async (_why, text) => {
    const { findings } = await openFiles({ "a.csv": text });

    expect(findings).toEqual([]);
  });
});

describe("separators at the ends of lines", () => {
  it.each<[why: string, text: string, last: string]>([
    ["a comma", "id,x,y,\na,1,yes\nb,2,no\n", ","],
    ["a semicolon", "id;x;y;\na;1;yes\nb;2;no\n", ";"],
    ["a tab", "id\tx\ty\t\na\t1\tyes\n", "\\t"],
    ["a bar", "id|x|y|\na|1|yes\n", "|"],
    ["a comma in a file of Windows", "id,x,y,\r\na,1,yes\r\nb,2,no\r\n", ","],
  ])("of the header alone are named: %s", async (_why, text, last) => {
    const { findings } = await openFiles({ "a.csv": text });

    expect(findings).toEqual([expect.objectContaining({ code: "ragged-row", line: 1 })]);
    expect(findings[0]!.message).toContain(
      `the header in line 1 ends with a separator ("${last}"), and the rows do not. Remove it.`,
    );
  });

  it.each<[why: string, text: string]>([
    ["in all rows but the header", "id,x,y\na,1,yes,\nb,2,no,\n"],
    ["in one row", "id,x,y\na,1,yes\nb,2,no,\n"],
    ["in all lines", "id,x,y,\na,1,yes,\nb,2,no,\n"],
    ["with semicolons", "id;x;y\na;1;yes;\nb;2;no;\n"],
    ["in a file of Windows", "id,x,y\r\na,1,yes,\r\nb,2,no,\r\n"],
  ])("are read over: %s", async (_why, text) => {
    const { findings, columns } = await openFiles({ "a.csv": text });

    expect(findings).toEqual([]);
    expect(columns.slice(0, 3).map(({ type }) => type)).toEqual(["string", "integer", "string"]);
  });
});
