import { describe, expect, it } from "vitest";

import { openFiles, parquetOf } from "./open-files.fixture.ts";

const columns = Array.from({ length: 130 }, (_, i) => i);
const header = columns.map((i) => `c${i}`).join(",");
/** Every tenth column has texts, every tenth dates, the others numbers. */
const valueAt = (row: number, i: number): string =>
  i % 10 === 9
    ? `t${(row + i) % 3}`
    : i % 10 === 8
      ? `2024-01-0${1 + ((row + i) % 9)}`
      : i % 7 === 0
        ? String(row - i)
        : String((row * i) / 8);
const wideCsv = (rows: number, change: (row: number, i: number) => string | null = () => null): string =>
  `${header}\n${Array.from({ length: rows }, (_, row) => columns.map((i) => change(row, i) ?? valueAt(row, i)).join(",")).join("\n")}\n`;

describe("wide files, whose texts are kept in a table", () => {
  it.each([5, 2500])("have the types and profiles that narrow ones of %i rows have", async (rows) => {
    const wide = await openFiles({ "a.csv": wideCsv(rows, (row, i) => (i === 4 && row === 1 ? "" : null)) });
    const narrow = await openFiles({
      "a.csv": wideCsv(rows, (row, i) => (i === 4 && row === 1 ? "" : null))
        .split("\n")
        .map((line) => line.split(",").slice(0, 30).join(","))
        .join("\n"),
    });

    expect(wide.findings).toEqual([]);
    expect(wide.columns.slice(0, 30)).toEqual(narrow.columns);
    const [profile, own] = [await wide.profile("data/a.csv"), await narrow.profile("data/a.csv")];
    expect(profile.columns.slice(0, 30)).toEqual(own.columns);
    expect(profile.columns).toHaveLength(130);
    for (const i of [9, 129]) {
      const texts = Array.from({ length: rows }, (_, row) => valueAt(row, i));
      const top = ["t0", "t1", "t2"].map((text): [string, number] => [
        text,
        texts.filter((each) => each === text).length,
      ]);
      expect(profile.columns[i]!.top).toEqual(top.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
    }
  });

  it.each([0, 1, 2, 3, 4])("have no value where a text is one of %i that mean so", async (count) => {
    const missingValues = ["", "NA", "-", "o'n"].slice(0, count);
    const isMissing = (row: number, i: number) => row < count && i % 10 === 9;
    const csv = wideCsv(6, (row, i) => (isMissing(row, i) ? missingValues[row]! : null));

    const { columns: profiled } = await (
      await openFiles({ "a.csv": csv }, { manifest: { schema: { missingValues } } })
    ).profile("data/a.csv");

    expect(profiled.map(({ nulls }) => nulls)).toEqual(columns.map((i) => (i % 10 === 9 ? count : 0)));
  });

  it("name every text that is not of its type, by file, column and line", async () => {
    const fields = columns.map((i) => ({
      name: `c${i}`,
      type: i % 10 === 9 ? "string" : i % 10 === 8 ? "date" : "number",
    }));
    const bad = (row: number, i: number) =>
      row === 3 && (i === 0 || i === 128) ? "oops" : i === 17 && row === 1 ? "inf" : null;

    const { findings } = await openFiles(
      { "a.csv": wideCsv(5), "b.csv": wideCsv(5, bad) },
      { manifest: { schema: { fields } } },
    );

    expect(findings.map(({ code, file, column, line, count }) => [code, file, column, line, count])).toEqual([
      ["wrong-type", "data/b.csv", "c0", 5, 1],
      ["non-finite", "data/b.csv", "c17", 3, 1],
      ["wrong-type", "data/b.csv", "c128", 5, 1],
    ]);
  });

  it("are read from Parquet and JSON Lines, too", async () => {
    const row = Object.fromEntries(columns.map((i) => [`c${i}`, i % 10 === 9 ? "x" : i]));
    const table = await openFiles({
      "a.parquet": await parquetOf(`SELECT ${columns.map((i) => `range * ${i} AS c${i}`).join(", ")} FROM range(4)`),
    });
    const json = await openFiles({ "a.jsonl": `${JSON.stringify(row)}\n${JSON.stringify(row)}\n` });

    expect([table.columns.length, table.rowsByFile.get("data/a.parquet")]).toEqual([130, 4]);
    expect([json.columns.length, json.rowsByFile.get("data/a.jsonl")]).toEqual([130, 2]);
    expect(json.columns[129]).toEqual({ name: "c129", type: "string" });
  });
});
