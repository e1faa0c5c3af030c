import { writeFile } from "node:fs/promises";
import path from "node:path";

import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { onTestFinished } from "vitest";

import type { FetchedFile } from "../../ports/sources.ts";
import type { OpenRequest, SourceTable } from "../../ports/tables.ts";
import { duckdbTables } from "./index.ts";

export interface OpenOptions {
  /** Beside `sources`. */
  readonly manifest?: object;
  /** SQL of feature views, by name. */
  readonly views?: Readonly<Record<string, string>>;
  readonly knownTypes?: OpenRequest["knownTypes"];
  readonly delimiter?: string;
  readonly toPrepare?: boolean;
  readonly declaredOnly?: boolean;
  readonly mayLack?: OpenRequest["mayLack"];
  /** What is read of a file, by its name; all of it where nothing is said. */
  readonly parts?: Readonly<Record<string, Pick<FetchedFile, "only" | "from">>>;
  /** A CSV file for each further table, or several, by the table's name. */
  readonly tables?: Readonly<Record<string, string | readonly string[]>>;
  /** What the texts of columns of type `file` lead to, in all files. */
  readonly named?: FetchedFile["namedFiles"];
}

/** Writes files into a temporary folder and opens them as the dataset `d`, in `data/`; closed when the test ends. */
export async function openFiles(
  contents: Readonly<Record<string, string | Uint8Array>>,
  options: OpenOptions = {},
): Promise<SourceTable> {
  return (await opened(contents, options)).table;
}

type WrittenTables = NonNullable<OpenOptions["tables"]>;

/** The same, with what to ask for further tables beside it by. */
export async function opened(
  contents: Readonly<Record<string, string | Uint8Array>>,
  {
    manifest = {},
    views,
    knownTypes = [],
    delimiter,
    toPrepare = false,
    declaredOnly = false,
    mayLack,
    parts = {},
    tables = {},
    named,
  }: OpenOptions = {},
) {
  const folder = await temporaryFolder();
  const files: FetchedFile[] = [];
  const place = async (name: string, content: string | Uint8Array): Promise<FetchedFile> => {
    const localPath = path.join(folder, name);
    await writeFile(localPath, content);
    return {
      path: `data/${name}`,
      format: name.includes(".parquet") ? "parquet" : name.includes(".jsonl") ? "jsonl" : "csv",
      delimiter: delimiter ?? null,
      bytes: content.length,
      blob: null,
      identity: name,
      sha256: String(files.length).padStart(64, "0"),
      localPath,
      ...(named && { namedFiles: named }),
    };
  };
  const placeTables = async (written: WrittenTables) => {
    const placed = new Map<string, readonly FetchedFile[]>();
    for (const [name, content] of Object.entries(written)) {
      const texts = typeof content === "string" ? [content] : content;
      const each: FetchedFile[] = [];
      for (const [i, text] of texts.entries())
        each.push(await place(i === 0 ? `${name}.csv` : `${name}-${i}.csv`, text));
      placed.set(name, each);
    }
    return placed;
  };
  for (const [name, content] of Object.entries(contents))
    files.push({ ...(await place(name, content)), ...parts[name] });
  const read = dataManifest.parse({ sources: [{ path: "data/*" }], ...manifest, views: views && Object.keys(views) });
  const parsed = views === undefined ? read : { ...read, viewTexts: views };
  const scratch = path.join(folder, "scratch");
  const further = await placeTables(tables);
  const request = {
    dataset: "d",
    files,
    tables: further,
    manifest: parsed,
    knownTypes,
    toPrepare,
    declaredOnly,
    ...(mayLack && { mayLack }),
    scratch,
  };
  const table = await duckdbTables.open(request);
  onTestFinished(() => table.close());
  const beside = async (written: WrittenTables) => ({ manifest: parsed, tables: await placeTables(written) });
  return { table, request: beside };
}

/** A Parquet file of the rows that a SELECT gives. */
export async function parquetOf(sql: string): Promise<Uint8Array> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const { readFile } = await import("node:fs/promises");
  const file = path.join(await temporaryFolder(), "made.parquet");
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return readFile(file);
}

/** All rows of the source, as texts in column order. */
export async function rowsOf(table: SourceTable): Promise<unknown[][]> {
  const prepared = await table.prepare({ sql: null, target: table.columns[0]!.name, time: null, key: [] });
  const columns = await Promise.all(prepared.columns.map(({ name }) => prepared.column(name)));
  return Array.from({ length: prepared.rows }, (_, row) =>
    columns.map((column) =>
      column.kind === "text" ? (column.dictionary[column.codes[row]!] ?? null) : column.values[row],
    ),
  );
}
