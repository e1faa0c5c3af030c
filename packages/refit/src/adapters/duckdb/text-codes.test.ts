import { createHash } from "node:crypto";
import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished } from "vitest";
import { columnReader } from "./column-reader.ts";
import { openSession } from "./session.ts";
import { identifier } from "./sql-text.ts";

const { limits } = dataManifest.parse({ sources: [{ path: "a.csv" }] });
const rows = 60_000;

/** Reads one column of texts, which SQL makes of the number of the row, `i`. */
async function textsOf(sql: string, { name = "t", where = "" } = {}) {
  const session = await openSession(await temporaryFolder(), limits);
  onTestFinished(() => session.close());
  await session.run(`CREATE TABLE w AS SELECT ${sql} AS ${identifier(name)}, i FROM range(${rows}) r(i)`);
  const [[asked], sqls] = [await session.rows(`SELECT count(*) FROM w ${where && `WHERE ${where}`}`), [] as string[]];
  const spying: typeof session = {
    ...session,
    run: (statement) => {
      sqls.push(statement);
      return session.run(statement);
    },
  };
  const from = { table: "w", rows: Number(asked![0]), ...(where !== "" && { where }) };
  const column = await columnReader(spying, { ...from, columns: [{ name, type: "string" }] })(name);
  const left = await session.rows("SELECT type_name FROM duckdb_types() WHERE type_name LIKE 'refit%'");
  if (column.kind !== "text") throw new TypeError("no text");
  return { column: shownShort(column), isNumbered: sqls.some((statement) => statement.includes("AS ENUM")), left };
}

/** A difference in so many codes takes minutes to print. */
function shownShort({ dictionary, codes }: { readonly dictionary: readonly string[]; readonly codes: Int32Array }) {
  const text = JSON.stringify([...codes]);
  return {
    words: dictionary.length,
    first: dictionary.slice(0, 12),
    codes: createHash("sha256").update(text).digest("hex"),
  };
}

/** What a slow reader makes of the same texts. */
function expected(texts: readonly (string | null)[]) {
  const dictionary = [...new Set(texts)].filter((text) => text !== null);
  const places = new Map(dictionary.map((text, place) => [text, place]));
  return shownShort({ dictionary, codes: Int32Array.from(texts, (text) => (text === null ? -1 : places.get(text)!)) });
}

const hostile = [
  "",
  "\u0000",
  "a\u0000b",
  "it's",
  '"quoted"',
  "A",
  "a",
  " a",
  "ä🙂",
  "a text of more than twelve bytes",
  null,
];
const listed = hostile.map((text) =>
  text === null ? "NULL" : `'${text.replaceAll("'", "''").replaceAll("\u0000", "' || chr(0) || '")}'`,
);

describe("texts of a column", () => {
  it("are numbered by DuckDB where they repeat, whatever they are, in the order of their first appearance", async () => {
    const { column, isNumbered, left } = await textsOf(`([${listed.join(", ")}])[1 + (i * 7) % 11]`);

    expect(isNumbered).toBe(true);
    expect(column).toEqual(expected(Array.from({ length: rows }, (_, i) => hostile[(i * 7) % 11]!)));
    expect(left).toEqual([]);
  });

  it("are taken over one by one where most rows have their own", async () => {
    const { column, isNumbered } = await textsOf("'x' || i");

    expect(isNumbered).toBe(false);
    expect(column).toEqual(expected(Array.from({ length: rows }, (_, i) => `x${i}`)));
  });

  it("of some rows are those of these rows, also in a column called rowid", async () => {
    const of = { name: "rowid", where: "i >= 5000" };
    const { column, isNumbered } = await textsOf("'x' || (i // 10000)", of);

    expect(isNumbered).toBe(true);
    const texts = Array.from({ length: rows }, (_, i) => `x${Math.floor(i / 10_000)}`).slice(5000);
    expect(column).toEqual(expected(texts));
  });

  it("may be missing in all rows", async () => {
    const { column } = await textsOf("NULL::VARCHAR");

    expect(column).toEqual(expected(Array.from({ length: rows }, () => null)));
  });
});
