import { describe, expect, it } from "vitest";

import { openFiles, parquetOf } from "./open-files.fixture.ts";

const digestsOf = async (content: string | Uint8Array, name = "a.csv", key: string[] = []) =>
  (await openFiles({ [name]: content })).digests(`data/${name}`, key);

describe("digests of rows", () => {
  it("have the values that kept ones have; with others, `digestVersion` in data/digest-version.ts must rise", async () => {
    const { rows } = await digestsOf("a,b,c,d\n1,1.5,x,2026-01-02\n2,,y,2026-01-03\n");
    expect([...rows]).toEqual([15141229953616214109n, 11428186873064128443n]);
  });

  it.each<[why: string, content: string]>([
    ["another order of columns", "b,a\nx,1\ny,2.5\n"],
    ["quotes", '"a","b"\n"1","x"\n"2.5","y"\n'],
    ["another way to write a number", "a,b\n1.0,x\n2.50,y\n"],
    ["a column without values besides", "a,b,c\n1,x,\n2.5,y,\n"],
    ["line ends as on Windows", "a,b\r\n1,x\r\n2.5,y\r\n"],
  ])("are the same with %s", async (_why, content) => {
    expect(await digestsOf(content)).toEqual(await digestsOf("a,b\n1,x\n2.5,y\n"));
  });

  it("are the same in Parquet, and where a whole number becomes a decimal one", async () => {
    const whole = await digestsOf("a,b\n1,x\n2,y\n");
    expect(
      await digestsOf(await parquetOf("SELECT * FROM (VALUES (1, 'x'), (2, 'y')) AS t(a, b)"), "a.parquet"),
    ).toEqual(whole);
    const decimal = await digestsOf("a,b\n1,x\n2,y\n3.5,z\n");
    expect(decimal.rows.subarray(0, 2)).toEqual(whole.rows);
  });

  it.each<[why: string, content: string]>([
    ["a value", "a,b\n1,x\n2.5,z\n"],
    ["values that change places", "a,b\n2.5,x\n1,y\n"],
    ["the name of a column", "a,c\n1,x\n2.5,y\n"],
    ["a value that is missing", "a,b\n1,x\n,y\n"],
  ])("differ by %s", async (_why, content) => {
    expect((await digestsOf(content)).rows).not.toEqual((await digestsOf("a,b\n1,x\n2.5,y\n")).rows);
  });

  it("tell large whole numbers apart that are one decimal number", async () => {
    const { rows } = await digestsOf("a\n9007199254740993\n9007199254740992\n9007199254740994\n");
    expect(new Set(rows).size).toBe(3);
  });

  it("have a key, 0 where a part of it is missing", async () => {
    const { keys } = await digestsOf("a,b,c\n1,x,7\n1,x,8\n2,,9\n", "a.csv", ["a", "b"]);
    expect(keys![0]).toBe(keys![1]);
    expect([keys![0] === 0n, keys![2]]).toEqual([false, 0n]);
    expect((await digestsOf("a\n1\n", "a.csv", ["b"])).keys).toBeNull();
  });

  it("are of any number of columns", async () => {
    const names = Array.from({ length: 1200 }, (_, i) => `c${i}`);
    const { rows } = await digestsOf(
      `${names.join()}\n${names.map((_, i) => i).join()}\n${names.map((_, i) => i + 1).join()}\n`,
    );
    expect(new Set(rows).size).toBe(2);
  });

  it("are each file's own, whatever its neighbours, and with a key as without", async () => {
    const contents = Object.fromEntries(
      Array.from({ length: 103 }, (_, i) => [`${1000 + i}.csv`, `a,b\n${`${i},x\n`.repeat(1 + (i % 3))}${i + 0.5},\n`]),
    );
    const table = await openFiles(contents);
    for (const key of [[], ["a"], ["b"]]) {
      for (const i of [1, 102, 0, 101, 99, 100, 1]) {
        const name = `${1000 + i}.csv`;
        expect(await table.digests(`data/${name}`, key)).toEqual(await digestsOf(contents[name]!, name, key));
      }
    }
  });
});
