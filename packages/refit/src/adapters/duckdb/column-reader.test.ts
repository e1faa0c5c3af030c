import type { ColumnInfo } from "@refit/core/data";
import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished } from "vitest";
import { columnReader } from "./column-reader.ts";
import { openSession, type Session } from "./session.ts";

const { limits } = dataManifest.parse({ sources: [{ path: "a.csv" }] });

/** A table of `rows` rows: `n0` to `n119` count from their own number, every tenth value is missing; `t` is text with that number in its words. */
async function wide(rows: number, { word = "i % 3", most = 64_000_000 } = {}) {
  const session = await openSession(await temporaryFolder(), limits);
  onTestFinished(() => session.close());
  const numbers = Array.from({ length: 120 }, (_, i) => `CASE WHEN i % 10 = 3 THEN NULL ELSE i + ${i} END AS n${i}`);
  await session.run(`CREATE TABLE w AS SELECT 'x' || (${word}) AS t, ${numbers.join(", ")} FROM range(${rows}) r(i)`);
  const columns: ColumnInfo[] = [
    { name: "t", type: "string" },
    ...numbers.map((_, i): ColumnInfo => ({ name: `n${i}`, type: i === 1 ? "integer" : "number" })),
  ];
  const statements: string[] = [];
  const eachChunk: Session["eachChunk"] = (sql, onChunk) => {
    statements.push(sql);
    return session.eachChunk(sql, onChunk);
  };
  return { read: columnReader({ ...session, eachChunk }, { table: "w", columns, rows }, most), statements };
}

const expected = (rows: number, column: number) =>
  Float64Array.from({ length: rows }, (_, i) => (i % 10 === 3 ? Number.NaN : i + column));

describe("columnReader", () => {
  it("reads numbers and texts, the rows in their order, over several chunks", async () => {
    const { read } = await wide(5000);

    expect(await read("n1")).toEqual({ kind: "number", name: "n1", type: "integer", values: expected(5000, 1) });
    expect(await read("n119")).toMatchObject({ type: "number", values: expected(5000, 119) });
    const text = await read("t");
    expect(text).toMatchObject({ kind: "text", dictionary: ["x0", "x1", "x2"] });
    expect(text.kind === "text" && text.codes.slice(0, 4)).toEqual(Int32Array.of(0, 1, 2, 0));
  });

  it("asks once for a column and its neighbours where rows are few, however often and at once it is asked", async () => {
    const { read, statements } = await wide(100);
    const names = Array.from({ length: 120 }, (_, i) => `n${i}`);

    for (const _ of [1, 2]) await Promise.all(["t", ...names].map(read));

    expect(statements).toHaveLength(1 + Math.ceil(120 / 50));
  });

  it("reads neighbours up to a quarter of the room where rows are many, and keeps no more than there is room for", async () => {
    const { read, statements } = await wide(250_000);

    for (const name of ["n0", "n7", "n0"]) await read(name);
    expect(statements).toHaveLength(1);
    for (let i = 8; i < 40; i++) await read(`n${i}`);
    expect(statements).toHaveLength(1 + 4);
    expect(await read("n0")).toMatchObject({ values: { length: 250_000 } });
    expect(statements).toHaveLength(1 + 4 + 1);
  });

  it("reads texts once where there is no room for all numbers", async () => {
    const { read, statements } = await wide(5000, { most: 4_000_000 });

    for (const name of ["t", "n0", "n30", "n60", "n80", "n110", "t", "n110"]) await read(name);
    expect(statements).toHaveLength(6);
    await read("n0");
    expect(statements).toHaveLength(7);
  });

  it("keeps no text of which every row has its own words", async () => {
    const { read, statements } = await wide(20_000, { word: "i", most: 2_000_000 });

    for (const name of ["n0", "t", "t", "n0"]) await read(name);

    expect(statements).toHaveLength(3);
  });

  it("says what is wrong to everybody who asks, and breaks nothing for those who do not", async () => {
    const session = {
      eachChunk: () => Promise.reject(new Error("gone")),
      memoryBytes: () => 0,
    } as unknown as Session;
    const columns: ColumnInfo[] = ["n0", "n1", "n2"].map((name) => ({ name, type: "number" }));
    const read = columnReader(session, { table: "w", columns, rows: 10 });

    await expect(read("n0")).rejects.toThrow("gone");
    await expect(read("n1")).rejects.toThrow("gone");
  });
});
