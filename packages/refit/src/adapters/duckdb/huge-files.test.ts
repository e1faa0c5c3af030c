import { gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { openFiles } from "./open-files.fixture.ts";

describe("gzip files that unpack to very much", () => {
  const zeros = gzipSync(Buffer.concat([Buffer.from("a,b\n"), Buffer.alloc(8 << 20, "1,2\n")]));

  it("end at the disk that rows may spill to", async () => {
    const opened = openFiles({ "a.csv.gz": zeros }, { manifest: { limits: { spillMiB: 4 } } });

    await expect(opened).rejects.toMatchObject({ code: "data-limit", limit: "spillMiB" });
  });

  it("are read when there is room", async () => {
    const source = await openFiles({ "a.csv.gz": zeros }, { manifest: { limits: { spillMiB: 16 } } });

    expect(source.findings).toEqual([]);
    expect(source.rowsByFile.get("data/a.csv.gz")).toBe(2 << 20);
  });
});

describe("wide files", () => {
  it("of 800 columns are read and prepared", async () => {
    const names = Array.from({ length: 800 }, (_, i) => `f${i}`);
    const lines = Array.from({ length: 100 }, (_, row) => names.map((_name, i) => ((row * i) % 97) + 0.5).join(","));
    const source = await openFiles({ "a.csv": `${names.join(",")}\n${lines.join("\n")}\n` });

    const prepared = await source.prepare({ sql: null, target: "f799", time: null, key: [] });

    expect(source.columns).toHaveLength(800);
    expect(new Set(source.columns.map(({ type }) => type))).toEqual(new Set(["number"]));
    expect(prepared.rows).toBe(100);
  });

  it("of JSON Lines have a column for each key, also where all values are alike", async () => {
    const keys = Array.from({ length: 210 }, (_, i) => `f${i}`);
    const line = JSON.stringify(Object.fromEntries(keys.map((key, i) => [key, i / 8])));

    const source = await openFiles({ "a.jsonl": `${line}\n${line}\n` });

    expect(source.columns.map(({ name }) => name)).toEqual(keys);
  });
});

describe("files that are too much for any table", () => {
  it.each<[what: string, name: string, content: string, message: string]>([
    ["a line of 40 MB", "a.jsonl", `{"x":1}\n{"x":"${"a".repeat(40_000_000)}"}\n`, "line 2, is longer than 8 MiB"],
    [
      "200,000 columns",
      "a.csv",
      `${Array.from({ length: 200_000 }, (_, i) => `f${i}`).join(",")}\n`,
      "has 200000 columns; refit reads at most 20000",
    ],
    [
      "200,000 keys",
      "a.jsonl",
      `${JSON.stringify(Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`f${i}`, i])))}\n`,
      "has 200000 columns; refit reads at most 20000",
    ],
  ])("%s: named", async (_what, name, content, message) => {
    const { findings } = await openFiles({ [name]: content });

    expect(findings).toEqual([
      expect.objectContaining({ code: "unreadable-file", message: expect.stringContaining(message) }),
    ]);
  });

  it("a value of 50,000 levels is text like any other", async () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;

    const { findings, rowsByFile } = await openFiles({ "a.jsonl": `{"x":1,"y":0}\n{"x":${deep},"y":1}\n` });

    expect(findings).toEqual([]);
    expect(rowsByFile.get("data/a.jsonl")).toBe(2);
  });
});
