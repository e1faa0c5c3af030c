import { describe, expect, it } from "vitest";
import type { NamingProblem, RowFile } from "../../ports/sources.ts";
import { openFiles } from "./open-files.fixture.ts";

const fileOf = (path: string, digit: string, bytes = 10): RowFile => ({
  path,
  sha256: digit.repeat(64),
  bytes,
  bring: async () => `/here/${path}`,
});

const manifest = {
  schema: {
    fields: [
      { name: "photo", from: "Photo", type: "file" },
      { name: "n", type: "integer" },
    ],
  },
};
const csv = "Photo,n\nripe/a.PNG,1\nraw/b.png,2\n,3\nraw/c.png,4\n";

type Led = Readonly<Record<string, RowFile | NamingProblem>>;
const usual: Led = {
  "ripe/a.PNG": fileOf("data/ripe/a.PNG", "a", 100),
  "raw/b.png": fileOf("data/raw/b.png", "b", 300),
  "raw/c.png": fileOf("data/raw/c.png", "a", 100),
};

const open = (files: Led = {}, more: object = {}) =>
  openFiles(
    { "rows.csv": csv },
    {
      manifest: { ...manifest, ...more },
      named: [{ name: "photo", files: new Map(Object.entries({ ...usual, ...files })) }],
    },
  );

describe("a column of files", () => {
  it("is a path in SQL, and content for who learns from it", async () => {
    const table = await open();

    const prepared = await table.prepare({
      sql: "SELECT photo, n, split_part(photo, '/', 2) = 'ripe' AS ripe FROM source",
      target: "ripe",
      time: null,
      key: [],
    });
    const photo = await prepared.column("photo");
    const ripe = await prepared.column("ripe");

    expect(table.findings).toEqual([]);
    expect(prepared.columns).toContainEqual({ name: "photo", type: "file" });
    expect(prepared.targetInputs).toEqual([]);
    if (photo.type !== "file" || ripe.kind !== "number") throw new TypeError("other columns");
    const [a, b] = [`${"a".repeat(64)}.png`, `${"b".repeat(64)}.png`];
    expect(new Set(photo.dictionary)).toEqual(new Set([a, b]));
    const rows = [...photo.codes].map((code, i) => [photo.dictionary[code] ?? null, ripe.values[i]]);
    expect(rows.filter(([name]) => name === a)).toHaveLength(2);
    expect(rows).toContainEqual([a, 1]);
    expect(rows).toContainEqual([a, 0]);
    expect(rows).toContainEqual([b, 0]);
    expect(rows).toContainEqual([null, NaN]);
    expect(await photo.bring(b)).toBe("/here/data/raw/b.png");
  });

  it("is another row when the file has other content, with the same key and another side of the split", async () => {
    const [before, after] = [await open(), await open({ "raw/b.png": fileOf("data/raw/b.png", "c", 300) })];
    const digests = async (table: typeof before) => {
      const { rows, keys } = await table.digests("data/rows.csv", ["photo"]);
      const prepared = await table.prepare({ sql: null, target: "n", time: null, key: ["n"] });
      return { rows: [...rows], keys: [...keys!], sides: [...(await prepared.rowDigests())] };
    };

    const [was, is] = [await digests(before), await digests(after)];

    const changed = (name: "rows" | "keys" | "sides") => was[name].map((each, i) => each !== is[name][i]);
    expect(changed("rows")).toEqual([false, true, false, false]);
    expect(changed("keys")).toEqual([false, false, false, false]);
    expect(changed("sides")).toEqual([false, true, false, false]);
  });

  it("is profiled by sizes alone, and not at all where it is sensitive", async () => {
    const [told, hidden] = [await open(), await open({}, { sensitive: ["photo"] })];

    const [profile, sensitive] = [await told.profile("data/rows.csv"), await hidden.profile("data/rows.csv")];

    expect(profile.columns[0]).toMatchObject({ type: "file", rows: 4, nulls: 1, min: 100, max: 300, sum: 500 });
    expect(JSON.stringify(profile)).not.toMatch(/png|aaaa/);
    expect(sensitive.columns[0]).toEqual({ name: "photo", type: "file", rows: 4, nulls: 1 });
    expect((await told.texts("data/rows.csv")).map(([photo]) => photo)).toEqual([
      "data/ripe/a.PNG (aaaaaaaa)",
      "data/raw/b.png (bbbbbbbb)",
      null,
      "data/raw/c.png (aaaaaaaa)",
    ]);
  });

  it("names the row of what is wrong, and no value of a sensitive column", async () => {
    const wrong: Led = {
      "raw/b.png": { code: "file-missing", words: 'does not exist; there is "data/raw/B.png"' },
      "raw/c.png": fileOf("data/raw/c.png", "e", 0),
    };
    const [told, hidden] = [await open(wrong), await open(wrong, { sensitive: ["photo"] })];

    expect(told.findings.map(({ code, line, message }) => [code, line, message])).toEqual([
      [
        "file-missing",
        3,
        'Column "photo" of "data/rows.csv", line 3: "raw/b.png" does not exist; there is "data/raw/B.png".',
      ],
      ["file-without-bytes", 5, 'Column "photo" of "data/rows.csv", line 5: the file is empty.'],
    ]);
    expect(JSON.stringify(hidden.findings)).not.toMatch(/b\.png/i);
    expect(hidden.findings[0]!.message).toBe('Column "photo" of "data/rows.csv", line 3: its value does not exist.');
  });

  it("refuses what a person's SQL made of it", async () => {
    const table = await open();
    const sql = "SELECT upper(photo) AS photo, n FROM source";
    const prepared = await table.prepare({ sql, target: "n", time: null, key: [] });

    await expect(prepared.column("photo")).rejects.toThrow(
      /the column "photo" of the result has "DATA\/RAW\/[BC]\.PNG", which is not a path that the source has there/,
    );
  });
});
