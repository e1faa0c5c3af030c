import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { dataManifest, type DataManifest } from "@refit/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { FetchedFile, SourceTable } from "../../ports.ts";
import { duckdbTables } from "./index.ts";

let folder: string;
let open: SourceTable[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "refit-tables-"));
});

afterEach(async () => {
  for (const table of open) await table.close();
  open = [];
  await rm(folder, { recursive: true, force: true });
});

type Content = string | Uint8Array;

async function openFiles(contents: Readonly<Record<string, Content>>, manifest: object = {}): Promise<SourceTable> {
  const files: FetchedFile[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const localPath = path.join(folder, name);
    await writeFile(localPath, content);
    const format = name.includes(".parquet") ? "parquet" : name.includes(".jsonl") ? "jsonl" : "csv";
    files.push({
      path: `data/${name}`,
      format,
      delimiter: null,
      bytes: content.length,
      blob: null,
      identity: name,
      sha256: "0".repeat(64),
      localPath,
    });
  }
  const parsed: DataManifest = dataManifest.parse({ sources: [{ path: "data/*" }], ...manifest });
  const table = await duckdbTables.open({
    dataset: "d",
    files,
    manifest: parsed,
    knownTypes: [],
    scratch: path.join(folder, "scratch"),
  });
  open.push(table);
  return table;
}

describe("open", () => {
  it("infers types from all rows", async () => {
    const table = await openFiles({
      "a.csv":
        "i,n,b,d,t,s,code,big,empty\n1,1,true,2020-01-31,2020-01-31T10:00:00Z,x,00123,12345678901234567890,\n-2,2.5,FALSE,2020-02-01,2020-01-31 11:00,3,1,1,\n",
    });

    expect(table.findings).toEqual([]);
    expect(Object.fromEntries(table.columns.map(({ name, type }) => [name, type]))).toEqual({
      i: "integer",
      n: "number",
      b: "boolean",
      d: "date",
      t: "datetime",
      s: "string",
      code: "string",
      big: "string",
      empty: "string",
    });
    expect(table.rowsByFile).toEqual(new Map([["data/a.csv", 2]]));
  });

  it("gz", async () => {
    const table = await openFiles({ "a.csv.gz": gzipSync("a;b\n1;x\n2;y\n") });
    expect(table.findings).toEqual([]);
    const prepared = await table.prepare({ sql: null, target: "a", time: null, key: [] });
    expect(prepared.rows).toBe(2);
    console.log(
      await prepared.column("a"),
      await prepared.column("b"),
      await prepared.positions(),
      await prepared.rowDigests(),
      JSON.stringify(await table.profile("data/a.csv.gz")),
    );
  });
});
