import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";

import type { ColumnInfo } from "@refit/core/data";
import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { describe, expect, it, onTestFinished } from "vitest";

import type { OpenRequest } from "../../ports/tables.ts";
import { loadAtOnce, type LoadedFiles } from "./load-at-once.ts";
import { loadStepByStep } from "./load-step-by-step.ts";
import { parquetOf } from "./open-files.fixture.ts";
import { openSession, type Session } from "./session.ts";

type Load = (session: Session, request: OpenRequest) => Promise<LoadedFiles | null>;
type Contents = Readonly<Record<string, string | Uint8Array>>;

interface LoadOptions {
  readonly schema?: object;
  readonly knownTypes?: readonly ColumnInfo[];
}

/** What a way of loading leaves in its session, and the statements that read files. */
async function loaded(load: Load, contents: Contents, { schema = {}, knownTypes = [] }: LoadOptions = {}) {
  const folder = await temporaryFolder();
  const files = Object.entries(contents).map(([name, content], i) => ({
    path: `data/${name}`,
    format: name.includes(".parquet")
      ? ("parquet" as const)
      : name.includes(".jsonl")
        ? ("jsonl" as const)
        : ("csv" as const),
    delimiter: null,
    bytes: content.length,
    blob: null,
    identity: name,
    sha256: String(i).padStart(64, "0"),
    localPath: path.join(folder, name),
  }));
  for (const { localPath } of files) await writeFile(localPath, contents[path.basename(localPath)]!);
  const manifest = dataManifest.parse({ sources: [{ path: "data/*" }], schema });
  const scratch = path.join(folder, "scratch");
  const session = await openSession(scratch, manifest.limits);
  onTestFinished(() => session.close());
  const statements: string[] = [];
  const noted = (sql: string) => {
    statements.push(sql);
    return sql;
  };
  const spying: Session = {
    ...session,
    run: (sql) => session.run(noted(sql)),
    rows: (sql) => session.rows(noted(sql)),
  };
  const result = await load(spying, { dataset: "d", files, manifest, knownTypes, scratch });
  const readings = statements.filter((sql) => sql.includes("read_")).length;
  if (result === null) return { result, readings, rows: null };
  await result.identify();
  const rows = await session.rows("FROM refit_source ORDER BY __refit_file, __refit_number");
  const [names] = await session.rows(
    "SELECT string_agg(column_name || ' ' || column_type, ', ' ORDER BY column_name) FROM (DESCRIBE refit_source)",
  );
  const { columns, rowsByFile, findings } = result;
  return {
    result: { columns: columns.map(({ name, type }) => `${name} ${type}`), rowsByFile, findings },
    readings,
    rows,
    names,
  };
}

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");

/** Rows in several of DuckDB's groups of rows; with long texts also in several of its buffers. */
const many = 200_000;

describe("loading at once gives what step by step gives, in fewer readings", () => {
  it.each<[what: string, contents: Contents, options?: LoadOptions]>([
    [
      "every type, with and without values",
      {
        "a.csv": `i,n,f,b,d,t,s,empty\n${lines(5000, (i) => `${i},${i % 7 === 0 ? "" : i / 4},${Math.sqrt(i)},${i % 2 === 0},2024-01-${String(1 + (i % 28)).padStart(2, "0")},2024-01-31T10:00:0${i % 10}Z,"x, ""${i % 3}""",`)}`,
      },
    ],
    ["texts over several lines", { "a.csv": `a,b\n${lines(20_000, (i) => `${i},"one\n${i}\n\ntwo"`)}` }],
    ["line ends of Windows", { "a.csv": `a,b\r\n${lines(3000, (i) => `${i},x\r`)}` }],
    [
      "columns that begin in a later file",
      { "a.csv": `a,b\n${lines(3000, (i) => `${i},x${i}`)}`, "b.csv": `b,a,c\n${lines(3000, (i) => `y,${i},${i}`)}` },
    ],
    [
      "JSON Lines with gaps",
      { "a.jsonl": lines(3000, (i) => JSON.stringify(i % 3 === 0 ? { a: i } : { b: `x${i}`, a: i + 0.5, c: null })) },
    ],
    [
      "a file beside another one",
      { "a.csv": `a\n${lines(2500, String)}`, "b.jsonl": lines(2500, (i) => `{"a": ${i}}`) },
    ],
    [
      "declared columns",
      {
        "a.csv": `d,n,k,code\n${lines(3000, (i) => `0${1 + (i % 9)}/02/2024,${i % 5 === 0 ? "-" : i},${i}.0,00${i}`)}`,
      },
      {
        schema: {
          missingValues: ["-"],
          fields: [
            { name: "d", type: "date", format: "%d/%m/%Y" },
            { name: "n", type: "number" },
            { name: "k", type: "integer" },
            { name: "number", from: "code", type: "string" },
          ],
        },
      },
    ],
    [
      "known columns",
      { "a.csv": `a,b\n${lines(3000, (i) => `${i},${i}`)}` },
      {
        knownTypes: [
          { name: "a", type: "string" },
          { name: "b", type: "number" },
        ],
      },
    ],
    [
      "numbers of all lengths",
      {
        "a.csv": `n,i\n${lines(3000, (i) => `${(i * Math.PI).toFixed(i % 20)}${i % 2 === 0 ? "" : "e3"},${i % 2 === 0 ? -i : i * 1_000_000_007}`)}`,
      },
    ],
  ])("%s", async (_what, contents, options) => {
    const atOnce = await loaded(loadAtOnce, contents, options);
    const stepByStep = await loaded(loadStepByStep, contents, options);

    expect(atOnce.result).toEqual(stepByStep.result);
    expect(atOnce.names).toEqual(stepByStep.names);
    expect(atOnce.rows).toEqual(stepByStep.rows);
    expect(atOnce.readings).toBeLessThan(stepByStep.readings);
    expect(atOnce.readings).toBeLessThanOrEqual(2);
  });

  it("Parquet of all its types", async () => {
    const sql = (from: number) =>
      `SELECT i AS i, i::FLOAT / 3 AS f, i / 7 AS n, (i * 3.25)::DECIMAL(18,3) AS dec, i % 2 = 0 AS b, DATE '2024-01-01' + i::INTEGER AS d, ` +
      `TIMESTAMP '2024-01-01' + to_hours(i) AS t, CASE WHEN i % 5 <> 0 THEN 'x' || i END AS s FROM range(${from}, ${from + 3000}) r(i)`;
    const contents = { "a.parquet": await parquetOf(sql(0)), "b.parquet": await parquetOf(sql(9000)) };
    const atOnce = await loaded(loadAtOnce, contents);

    expect(atOnce).toEqual({ ...(await loaded(loadStepByStep, contents)), readings: 1 });
  });

  it("rows in their order, on however many threads", async () => {
    const file = (from: number) => `i,n,s\n${lines(many, (i) => `${from + i},${i / 8},${"long ".repeat(40)}${i}`)}`;
    const { rows } = await loaded(loadAtOnce, { "a.csv": file(0), "b.csv": file(many), "c.csv": "i,n,s\n-5,0.5,x\n" });

    expect(rows).toHaveLength(2 * many + 1);
    expect(rows!.findIndex(([i], place) => Number(i) !== place)).toBe(2 * many);
    expect(rows![many]!.slice(-2)).toEqual([1, 1]);
    expect(rows!.at(-1)!.slice(-2)).toEqual([2, 1]);
  });

  it.each<[what: string, contents: Contents]>([
    ["CSV", { "a.csv": "b,a,c\n1,,x\n2,y,\n" }],
    ["of a column that begins later", { "a.csv": "b,a\n1,\n2,y\n", "b.csv": "a,c,b\nz,w,3\n" }],
    ["JSON Lines with gaps", { "a.jsonl": '{"b": 1, "c": "x"}\n{"a": "y", "b": 2}\n{"b": 3, "a": null, "c": ""}\n' }],
  ])(
    "digests of rows are of the names and texts that are there, in the order of names: %s",
    async (_what, contents) => {
      const rows = Object.entries(contents).flatMap(([name, content]) => textsOf(name, String(content)));
      const digests = rows.map((row) => {
        const named = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
        const text = named.map(([name, value]) => `${name}\u001f${String(value)}\u001e`).join("");
        return BigInt(`0x${createHash("sha256").update(text).digest("hex").slice(0, 16)}`);
      });

      for (const load of [loadAtOnce, loadStepByStep]) {
        const found = await loaded(load, contents);
        expect(found.rows!.map((row) => row.at(-3))).toEqual(digests);
      }
    },
  );
});

/** The rows of a file without quotes, or of JSON lines, without what is not there. */
function textsOf(name: string, content: string): Record<string, unknown>[] {
  const [header, ...rows] = content.trimEnd().split("\n");
  if (name.endsWith("jsonl")) {
    return [header!, ...rows].map((row) => {
      const values = JSON.parse(row) as Record<string, unknown>;
      return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    });
  }
  const names = header!.split(",");
  return rows.map((row) => Object.fromEntries(row.split(",").map((text, i) => [names[i]!, text])));
}

describe("loading at once is left to step by step", () => {
  it.each<[what: string, name: string, content: string, options?: LoadOptions]>([
    ["an integer with a fraction", "late", "1.5"],
    ["a code among integers", "late", "007"],
    ["a code after a blank", "late", " 007"],
    ["a code with a sign", "late", "-007"],
    ["an integer that no double holds", "late", "9007199254740993"],
    ["a number in exponents that would be an integer too long", "decimal", "1e18"],
    ["a code among numbers", "decimal", "00.5"],
    ["a code among numbers that begins like them", "decimal", "007.5"],
    ["a text among integers", "late", "n/a"],
    ["an infinite number", "late", "Infinity", { schema: { fields: [{ name: "late", type: "number" }] } }],
    ["no number in a declared one", "late", "x", { schema: { fields: [{ name: "late", type: "number" }] } }],
    ["a fraction in a declared integer", "late", "1.5", { schema: { fields: [{ name: "late", type: "integer" }] } }],
    ["a text where the sample has none", "empty", "x"],
    ["a field too many", "late", "1,2"],
  ])("%s", async (_what, column, text, options) => {
    const last = ["late", "decimal", "empty"].map((name) => (name === column ? text : ""));
    const content = `late,decimal,empty,other\n${lines(20_000, (i) => `${i},${i}.5,,x`)}${last.join(",")},x\n`;

    expect(await loaded(loadAtOnce, { "a.csv": content }, options)).toMatchObject({ result: null });
  });

  it.each<[what: string, contents: Contents]>([
    ["no rows", { "a.csv": "a,b\n1,2\n", "b.csv": "a,b\n" }],
    ["no file", { "a.csv": "" }],
    ["two line ends", { "a.csv": `a,b\n${lines(10, () => "1,2\r")}1,2\n3,4\n` }],
    ["a name over two lines", { "a.csv": '"a\nb",c\n1,2\n' }],
    ["a column that ends", { "a.csv": "a,b\n1,2\n", "b.csv": "b\n2\n" }],
    [
      "more columns than it saves time for",
      { "a.csv": lines(2, () => Array.from({ length: 101 }, (_, i) => `c${i}`).join(",")) },
    ],
  ])("%s", async (_what, contents) => {
    expect(await loaded(loadAtOnce, contents)).toMatchObject({ result: null });
  });
});
