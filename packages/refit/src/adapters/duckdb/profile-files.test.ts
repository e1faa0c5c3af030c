import { describe, expect, it } from "vitest";

import { openFiles } from "./open-files.fixture.ts";

describe("profiles of files that are read together", () => {
  it("are to the last bit what each file's is on its own", async () => {
    const contents: Record<string, string> = {
      "1.csv": "n,s,d\n0.1,x,2020-01-31\n0.2,y,\n0.3,x,2020-02-01\n-7,,\n",
      "2.csv": "s,d,n\n,2021-01-01,1e9\nz,2021-01-02,0.7\n",
      "3.csv": "n,s,d,late\n,x,2022-01-01,a\n,y,2022-01-01,b\n",
    };
    const knownTypes = [
      { name: "n", type: "number" },
      { name: "s", type: "string" },
      { name: "d", type: "date" },
      { name: "late", type: "string" },
    ] as const;

    const together = await openFiles(contents, { knownTypes });

    for (const name of ["1.csv", "2.csv", "3.csv"]) {
      const alone = await openFiles({ [name]: contents[name]! }, { knownTypes });
      const { columns, ...whole } = await together.profile(`data/${name}`);
      const own = (await alone.profile(`data/${name}`)).columns;
      const shared = columns.filter((column) => own.some((other) => other.name === column.name));
      expect(whole.rows).toBe(contents[name]!.trim().split("\n").length - 1);
      expect(shared.map((column) => JSON.stringify(column)).sort()).toEqual(
        own.map((column) => JSON.stringify(column)).sort(),
      );
    }
    expect((await together.profile("data/1.csv")).columns.find(({ name }) => name === "late")).toEqual({
      name: "late",
      type: "string",
      rows: 4,
      nulls: 4,
      top: [],
      otherCount: 0,
      distinct: 0,
    });
  });

  it("are for each column the same with others beside it as alone", async () => {
    const columns: Record<string, (row: number) => string> = {
      tiny: (row) => (row % 3 === 0 ? "0" : String(row / 1000)),
      gaps: (row) => (row % 4 === 1 ? "" : String(row - 7.5)),
      empty: () => "",
      yes: (row) => String(row % 5 === 0),
      whole: (row) => String(row % 2 === 0 ? 1e300 : -row),
    };
    const knownTypes = Object.keys(columns).map(
      (name) => ({ name, type: name === "yes" ? "boolean" : "number" }) as const,
    );
    const csv = (names: readonly string[], rows: number) =>
      [names, ...Array.from({ length: rows }, (_, row) => names.map((name) => columns[name]!(row) || '""'))]
        .map((cells) => cells.join(","))
        .join("\n");

    const profiles = async (names: readonly string[]) => {
      const table = await openFiles({ "a.csv": csv(names, 40), "b.csv": csv(names, 9) }, { knownTypes });
      const files = await Promise.all(["data/a.csv", "data/b.csv"].map((file) => table.profile(file)));
      return files.map((file) => file.columns);
    };

    const all = await profiles(Object.keys(columns));
    expect(all[0]!.map(({ buckets = [] }) => buckets.length > 1)).toEqual([true, true, false, true, true]);
    for (const [i, name] of Object.keys(columns).entries()) {
      expect(await profiles([name])).toEqual(all.map((file) => [file[i]]));
    }
  });

  it("belong to their file, also beyond the files that one statement goes over", async () => {
    const names = Array.from({ length: 102 }, (_, i) => String(i).padStart(3, "0"));

    const table = await openFiles(Object.fromEntries(names.map((name, i) => [`${name}.csv`, `a\n${i}\n`])));

    for (const i of [101, 0, 99, 100]) {
      expect((await table.profile(`data/${names[i]!}.csv`)).columns[0]).toMatchObject({ min: i, max: i, nulls: 0 });
    }
  });
});
