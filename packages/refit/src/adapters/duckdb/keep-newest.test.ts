import { describe, expect, it } from "vitest";
import { openFiles } from "./open-files.fixture.ts";

/** Rows that are prepared, as `id x`, and what was left out. */
async function prepared(
  files: Readonly<Record<string, string>>,
  {
    key = ["id"],
    time = null,
    sql = null,
    target = "x",
  }: { key?: string[]; time?: string | null; sql?: string | null; target?: string } = {},
) {
  const table = await openFiles(files);
  const result = await table.prepare({ sql, target, time, key: time === null ? key : [], unique: key });
  const [ids, xs] = [await result.column("id"), await result.column(target)];
  if (ids.kind !== "text" || xs.kind !== "number") throw new TypeError("a text and a number");
  const rows = Array.from(xs.values, (x, i) => `${ids.dictionary[ids.codes[i]!] ?? "-"} ${x}`);
  return { rows: rows.toSorted(), left: result.repeatedKeys, table };
}

const many = (from: number, to: number, x: (i: number) => number = (i) => i) =>
  Array.from({ length: to - from }, (_, i) => `k${from + i},${x(from + i)}`).join("\n");

describe("of the rows with one key only the newest is prepared", () => {
  it.each<[why: string, files: Record<string, string>, rows: string[], left: object | null]>([
    ["no key twice", { "a.csv": "id,x\na,1\nb,2\n" }, ["a 1", "b 2"], null],
    ["an exact copy in one file", { "a.csv": "id,x\na,1\nb,2\na,1\n" }, ["a 1", "b 2"], { copies: 1, corrected: 0 }],
    [
      "an exact copy in another file",
      { "a.csv": "id,x\na,1\nb,2\n", "b.csv": "id,x\na,1\nc,3\n" },
      ["a 1", "b 2", "c 3"],
      { copies: 1, corrected: 0 },
    ],
    [
      "a correction in a later file",
      { "a.csv": "id,x\na,1\nb,2\nc,3\n", "b.csv": "id,x\na,7\n" },
      ["a 7", "b 2", "c 3"],
      { copies: 0, corrected: 1 },
    ],
    [
      "a correction of a correction, and a copy of it",
      {
        "a.csv": "id,x\na,1\nb,2\nc,3\n",
        "b.csv": "id,x\na,7\n",
        "c.csv": "id,x\na,8\nz,0\n",
        "d.csv": "id,x\na,8\n",
      },
      ["a 8", "b 2", "c 3", "z 0"],
      { copies: 1, corrected: 2 },
    ],
    ["rows without a key", { "a.csv": "id,x\n,1\n,1\na,2\na,2\n" }, ["- 1", "- 1", "a 2"], { copies: 1, corrected: 0 }],
    [
      "a file a month with a row for each key",
      { "a.csv": "id,x\na,1\nb,2\n", "b.csv": "id,x\na,3\nb,4\n" },
      ["a 1", "a 3", "b 2", "b 4"],
      null,
    ],
    ["a key that repeats within a file", { "a.csv": "id,x\na,1\na,2\nb,3\n" }, ["a 1", "a 2", "b 3"], null],
  ])("%s", async (_why, files, rows, left) => {
    const found = await prepared(files);

    expect(found.rows).toEqual(rows);
    expect(found.left).toEqual(left);
  });

  it("leaves rows of other times alone, which are found on both sides of the split", async () => {
    const files = {
      "a.csv": "id,x,at\na,9,2024-03-01\nb,1,2024-01-01\nc,1,2024-01-01\n",
      "b.csv": "id,x,at\na,1,2024-01-01\nb,7,2024-01-01\n",
    };

    const { rows, left } = await prepared(files, { time: "at" });

    expect(rows).toEqual(["a 1", "a 9", "b 7", "c 1"]);
    expect(left).toEqual({ copies: 0, corrected: 1 });
  });

  it("allows one slip in a hundred rows of a file, as the comparison of rows does", async () => {
    const one = await prepared({ "a.csv": `id,x\n${many(0, 150)}\nk3,77\n` });
    const three = await prepared({ "a.csv": `id,x\n${many(0, 150)}\nk3,77\nk4,77\nk5,77\n` });

    expect([one.rows.length, one.left]).toEqual([150, { copies: 0, corrected: 1 }]);
    expect([three.rows.length, three.left]).toEqual([153, null]);
  });

  it.each<[why: string, request: object, rows: number]>([
    ["without a key", { key: [] }, 3],
    ["with a key that the source does not have", { key: ["id", "nope"], time: "at" }, 3],
    ["where prepare joins rows into others", { sql: "SELECT id, sum(x) AS x FROM source GROUP BY id" }, 2],
    ["with a key of two columns", { key: ["id", "x"] }, 2],
    ["where prepare only adds columns", { sql: "SELECT *, x + 1 AS more FROM source" }, 2],
  ])("and of all rows %s", async (_why, request, rows) => {
    const files = { "a.csv": "id,x,at\na,1,2024-01-01\nb,2,2024-01-02\n", "b.csv": "id,x,at\na,1,2024-01-01\n" };

    expect((await prepared(files, request)).rows).toHaveLength(rows);
  });

  it("and all rows are there again for another model on the same table", async () => {
    const { table } = await prepared({ "a.csv": "id,x\na,1\nb,2\na,1\n" });

    const all = await table.prepare({ sql: null, target: "x", time: null, key: [] });
    const again = await table.prepare({ sql: null, target: "x", time: null, key: [], unique: ["id"] });

    expect([all.rows, again.rows]).toEqual([3, 2]);
  });

  it("makes the bytes of data without copies what they were", async () => {
    const table = await openFiles({ "a.csv": `id,x\n${many(0, 50)}\n` });

    const before = await table.prepare({ sql: null, target: "x", time: null, key: ["id"] });
    const after = await table.prepare({ sql: null, target: "x", time: null, key: ["id"], unique: ["id"] });

    expect(await after.rowDigests()).toEqual(await before.rowDigests());
    expect(await after.positions()).toEqual(await before.positions());
  });
});
