import { stat } from "node:fs/promises";
import path from "node:path";

import { finding, type Finding } from "@refit/core/data";
import { DataLimitError, quoted, SourceVanishedError } from "@refit/core/errors";

import { columnNameProblem, type DataManifest } from "@refit/core/spec";

import type { FetchedFile } from "../../ports/sources.ts";
import type { OpenRequest } from "../../ports/tables.ts";
import { csvHead } from "./csv-head.ts";
import { unreadKey } from "./json-keys.ts";
import { columnTypeOf, exactTypeOf } from "./column-types.ts";
import type { FileHead } from "./file-head.ts";
import { fileText, maxRecordBytes, textLines, TooLongError, unzip } from "./file-text.ts";
import type { Session } from "./session.ts";
import { identifier, literal } from "./sql-text.ts";
import { textProblem } from "./text-bytes.ts";
import { emptyFile, unreadable } from "./unreadable.ts";

/** How many times its size a gzip file of rows may unpack to, and the bytes up to which that does not matter. */
const usualGrowth = 200;
const alwaysFits = 2 ** 30;

/** Every statement names all columns of a file: beyond this, planning one takes minutes. */
const mostColumns = 20_000;

/**
 * Reads the names of a file's columns.
 *
 * @returns the head, or the finding that says why there is none.
 * @throws SourceVanishedError
 */
export async function readHead(
  session: Session,
  file: FetchedFile,
  { scratch, manifest }: Pick<OpenRequest, "scratch"> & { readonly manifest: Pick<DataManifest, "limits"> },
): Promise<FileHead | Finding> {
  const bytes = await sizeOf(file);
  if (bytes === 0) return emptyFile(file.path);
  let { localPath } = file;
  if (file.path.toLowerCase().endsWith(".gz")) {
    localPath = path.join(scratch, `${file.sha256}.plain`);
    const { spillMiB } = manifest.limits;
    const room = { bytes: spillMiB * 2 ** 20, growth: Math.max(usualGrowth * bytes, alwaysFits) };
    try {
      await unzip(file.localPath, localPath, Math.min(room.bytes, room.growth));
    } catch (error) {
      if (error instanceof TooLongError) {
        if (room.bytes <= room.growth) throw new DataLimitError("spillMiB", spillMiB, { cause: error });
        return unreadable(file.path, `gzip: it unpacks to more than ${usualGrowth} times its size`);
      }
      return finding("unreadable-file", { file: file.path }, `${quoted(file.path)} is not a complete gzip file.`);
    }
    if ((await stat(localPath)).size === 0) return emptyFile(file.path);
  }
  const problem = file.format === "parquet" ? null : await textProblem(file.path, localPath);
  if (problem !== null) return problem;
  const head = file.format === "csv" ? await csvHead(file, localPath) : await typedHead(session, file, localPath);
  if ("severity" in head) return head;
  return tooWide(file.path, head.columns.length) ?? badNames(head) ?? head;
}

/** Bytes on the disk. @throws SourceVanishedError when the file went away after it was hashed. */
async function sizeOf(file: FetchedFile): Promise<number> {
  try {
    return (await stat(file.localPath)).size;
  } catch (error) {
    throw new SourceVanishedError(file.path, { cause: error });
  }
}

function tooWide(file: string, columns: number): Finding | null {
  if (columns <= mostColumns) return null;
  const message = `${quoted(file)} has ${columns} columns; refit reads at most ${mostColumns}.`;
  return finding("unreadable-file", { file }, message);
}

/** Keys of the first line of JSON; 0 where it is none. DuckDB would take hours to find out that there are too many. */
async function firstKeys(localPath: string): Promise<number> {
  for await (const line of textLines(fileText(localPath)))
    return isJsonObject(line) && line.trim() !== "" ? Object.keys(JSON.parse(line) as object).length : 0;
  return 0;
}

async function typedHead(session: Session, file: FetchedFile, localPath: string): Promise<FileHead | Finding> {
  const parquet = file.format === "parquet";
  const wide = parquet ? null : tooWide(file.path, await firstKeys(localPath));
  if (wide !== null) return wide;
  const reader = parquet
    ? `read_parquet(${literal(localPath)})`
    : `read_json(${literal(localPath)}, format = 'newline_delimited', sample_size = -1, maximum_depth = 1, map_inference_threshold = -1, maximum_object_size = ${maxRecordBytes})`;
  let described;
  try {
    described = await session.describe(`SELECT * FROM ${reader}`);
  } catch (error) {
    if (error instanceof DataLimitError) throw error;
    return parquet ? unreadable(file.path, "Parquet") : jsonlProblem(file.path, localPath);
  }
  const columns = described.map(({ name }) => name);
  // The name that DuckDB gives to lines that are not all objects; as a table they would come out empty.
  if (!parquet && columns.join() === "json") {
    const bad = await badJsonLine(file.path, localPath);
    if (bad !== null) return bad;
  }
  const unread = parquet ? null : await unreadKey(file.path, localPath, columns);
  if (unread !== null) return unread;
  const exact = described.map(({ type }) => (parquet ? exactTypeOf(type) : null));
  const texts = columns.map((name, i) => `${identifier(name)}::VARCHAR AS c${i}`);
  const values = columns.flatMap((name, i) => (exact[i] === null ? [] : [`${identifier(name)} AS v${i}`]));
  const asText = columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
  const source = parquet
    ? reader
    : `read_json(${literal(localPath)}, format = 'newline_delimited', columns = {${asText}}, maximum_object_size = ${maxRecordBytes})`;
  return {
    path: file.path,
    format: file.format,
    localPath,
    delimiter: "",
    columns,
    types: described.map(({ type }) => (parquet ? (columnTypeOf(type) ?? "string") : null)),
    exact,
    relation: `(SELECT ${[...texts, ...values].join(", ")} FROM ${source})`,
  };
}

/** Finds the first line that is not a JSON object; `null`: all are. */
async function badJsonLine(file: string, localPath: string): Promise<Finding | null> {
  let line = 0;
  for await (const text of textLines(fileText(localPath))) {
    line++;
    if (text.length > maxRecordBytes) {
      return finding("unreadable-file", { file, line }, `${quoted(file)}, line ${line}, is longer than 8 MiB.`);
    }
    if (isJsonObject(text)) continue;
    return finding("unreadable-file", { file, line }, `${quoted(file)}, line ${line}, is not a JSON object.`);
  }
  return null;
}

/** Why DuckDB cannot read a file of JSON lines. */
export async function jsonlProblem(file: string, localPath: string): Promise<Finding> {
  return (await badJsonLine(file, localPath)) ?? unreadable(file, "JSON Lines");
}

function isJsonObject(text: string): boolean {
  if (text.trim() === "") return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function badNames(head: FileHead): Finding | null {
  const seen = new Map<string, number>();
  for (const [i, name] of head.columns.entries()) {
    const place = { file: head.path, column: name, ...(head.format === "csv" && { line: 1 }) };
    if (name.includes("\0")) {
      return finding("column-name", place, `column ${i + 1} of ${quoted(head.path)} ${columnNameProblem(name)}.`);
    }
    const key = name.toLowerCase();
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const where = `columns ${earlier + 1} and ${i + 1} of ${quoted(head.path)}`;
      return finding("duplicate-column", place, `${where} have the same name ${quoted(name)}.`);
    }
    if (key.startsWith("__refit_")) {
      return finding(
        "duplicate-column",
        place,
        `${quoted(head.path)} has a column ${quoted(name)}; names that begin with "__refit_" are refit's own.`,
      );
    }
    seen.set(key, i);
  }
  return null;
}
