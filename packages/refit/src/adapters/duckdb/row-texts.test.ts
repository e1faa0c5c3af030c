import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FetchedFile } from "../../ports/sources.ts";
import { plainTexts } from "../sources/git/named/plain-texts.ts";
import { textsOfColumns } from "./row-texts.ts";

/** What both readers find in the columns `photo` and `note`. */
async function read(name: string, content: string | Uint8Array) {
  const folder = await temporaryFolder();
  const localPath = path.join(folder, name);
  await writeFile(localPath, content);
  const format = name.endsWith(".csv") ? "csv" : "jsonl";
  const file = { path: name, format, localPath, delimiter: null, sha256: "0" } as unknown as FetchedFile;
  const columns = ["photo", "note"];
  return { plain: await plainTexts(file, columns), byDuckDb: await textsOfColumns(file, columns, folder) };
}

describe("texts of columns that are read without DuckDB", () => {
  it.each<[why: string, name: string, content: string, texts: readonly (readonly string[])[]]>([
    ["paths", "a.csv", "photo,y\nb.png,1\na.png,2\nb.png,3\n", [["a.png", "b.png"], []]],
    ["without a last line end", "a.csv", "photo;y\nb.png;1\na.png;2", [["a.png", "b.png"], []]],
    [
      "with quotes and CR LF",
      "a.csv",
      'y,photo\r\n1,"a, b.png"\r\n2,"say ""x"".png"\r\n',
      [["a, b.png", 'say "x".png'], []],
    ],
    [
      "with a line break in quotes, empty ones and a mark",
      "a.csv",
      '\uFEFFphoto,note\n"a\nb",""\n,x\n',
      [
        ["", "a\nb"],
        ["", "x"],
      ],
    ],
    [
      "with an empty last field",
      "a.csv",
      "photo,note\na.png,x\nb.png,",
      [
        ["a.png", "b.png"],
        ["", "x"],
      ],
    ],
    ["JSON lines with gaps", "a.jsonl", '{"photo":"a.png"}\n\n{"photo":null,"note":"\\u00e9"}\n', [["a.png"], ["é"]]],
  ])("are those that it finds: %s", async (_why, name, content, texts) => {
    const { plain, byDuckDb } = await read(name, content);

    expect(plain).toEqual(texts);
    expect(byDuckDb).toEqual(texts);
  });

  it.each<[why: string, name: string, content: string | Uint8Array]>([
    ["a quote within", "a.csv", 'photo,y\na"b,1\n'],
    ["text after a quote", "a.csv", 'photo,y\n"a"b,1\n'],
    ["a quote that does not close", "a.csv", 'photo,y\n"a,1\n'],
    ["rows of other widths", "a.csv", "photo,y\na\n"],
    ["an empty line", "a.csv", "photo\na\n\nb\n"],
    ["two kinds of line ends", "a.csv", "photo,y\r\na,1\nb,2\n"],
    ["CR alone", "a.csv", "photo,y\ra,1\r"],
    ["names that differ in case only", "a.csv", "photo,Photo\na,1\n"],
    ["a column without a name", "a.csv", "photo,\na,1\n"],
    ["Latin-1", "a.csv", Uint8Array.of(0x70, 0x0a, 0xe9, 0x0a)],
    ["numbers", "a.jsonl", '{"photo":1}\n'],
    ["lists", "a.jsonl", "[1]\n"],
    ["nothing", "a.csv", ""],
  ])("are left to it where there is a doubt: %s", async (_why, name, content) => {
    expect((await read(name, content)).plain).toBeNull();
  });

  it("are never others than it finds", async () => {
    const piece = fc.constantFrom("a", "é.png", "b/", " ", '"', '""', ",", "\n", "\r\n", ";", "'", "\\", "\u2028", "");
    const cell = fc.array(piece, { maxLength: 3 }).map((parts) => parts.join(""));
    const written = fc
      .tuple(cell, fc.boolean())
      .map(([text, isQuoted]) => (isQuoted ? `"${text.replaceAll('"', '""')}"` : text));
    const csv = fc
      .array(fc.tuple(written, written), { minLength: 1, maxLength: 4 })
      .map((rows) => ["photo,note", ...rows.map((row) => row.join(","))].join("\n"));
    let plainly = 0;
    await fc.assert(
      fc.asyncProperty(csv, async (content) => {
        const { plain, byDuckDb } = await read("a.csv", content);
        if (plain === null) return;
        plainly++;
        expect(plain).toEqual(byDuckDb);
      }),
      // One that is surely read without DuckDB: by chance there may be few of them.
      { numRuns: 30, examples: [["photo,note\na,b"]] },
    );
    expect(plainly).toBeGreaterThan(0);
  });
});
