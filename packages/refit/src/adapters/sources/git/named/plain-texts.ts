import { readFile, stat } from "node:fs/promises";
import { columnNameKey } from "@refit/core/spec";
import type { FetchedFile } from "../../../../ports/sources.ts";
import { findDelimiter } from "../../../duckdb/csv-records.ts";

/** Texts of each column of type `file`, in the order of the columns. */
export type PathTexts = readonly (readonly string[])[];

/** Larger files are left to DuckDB, which does not hold them in memory. */
const mostBytes = 2 ** 27;
/** Characters of a record that DuckDB refuses. */
const longestRecord = 8 << 20;

/**
 * The distinct texts of some columns of a file, sorted, as `textsOfColumns` finds them by DuckDB: without a native library, so that a machine
 * with an empty disk finds out that nothing has changed. Reads what leaves no doubt of how it is to be read.
 *
 * @returns `null`: there is a doubt, or the file is large, compressed or Parquet.
 */
export async function plainTexts(
  { path: name, format, localPath, delimiter }: Pick<FetchedFile, "path" | "format" | "localPath" | "delimiter">,
  columns: readonly string[],
): Promise<PathTexts | null> {
  if (format === "parquet" || /\.gz$/i.test(name) || (await stat(localPath)).size > mostBytes) return null;
  const text = utf8(await readFile(localPath));
  if (text === null || text === "" || /[\0\uFFFD]|\r(?!\n)/.test(text)) return null;
  return format === "csv" ? csvTexts(text, delimiter, columns) : jsonTexts(text, columns);
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function csvTexts(text: string, delimiter: string | null, columns: readonly string[]): PathTexts | null {
  const records = csvFields(text, delimiter ?? findDelimiter(text.slice(0, text.search(/\r?\n|$/))));
  const [header, ...rows] = records ?? [];
  if (header === undefined || header.some((name) => columnNameKey(name) === "" || /[\r\n]/.test(name))) return null;
  const keys = header.map((name) => name.toLowerCase());
  if (new Set(keys).size < keys.length || keys.some((key) => key.startsWith("__refit_"))) return null;
  if (rows.some(({ length }) => length !== header.length)) return null;
  return columns.map((column) => {
    const position = header.indexOf(column);
    return position < 0 ? [] : distinct(rows.map((row) => row[position]!));
  });
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].sort();

/** Records of a CSV text as RFC 4180 has them. @returns `null`: something in it can be read in two ways. */
function csvFields(text: string, delimiter: string): string[][] | null {
  const isMixed = text.includes("\r\n") && /(?<!\r)\n/.test(text);
  if (isMixed || delimiter.length !== 1) return null;
  const records: string[][] = [];
  let fields: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length;) {
    let end: number;
    if (text[at] === '"') {
      end = endOfQuoted(text, at);
      const field = text.slice(at + 1, end - 1);
      if (end < 0 || field.includes("\r")) return null;
      fields.push(field.replaceAll('""', '"'));
    } else {
      end = endOfPlain(text, at, delimiter);
      const field = text.slice(at, end);
      if (field.includes('"')) return null;
      fields.push(field);
    }
    if (text[end] === delimiter) {
      at = end + 1;
      // What ends in a separator has an empty field after it.
      if (at < text.length) continue;
      fields.push("");
    } else if (end < text.length && text[end] !== "\n" && text[end] !== "\r") return null;
    else at = end + (text[end] === "\r" ? 2 : 1);
    // An empty line is a row of one column, and skipped where there are more.
    if (at - start > longestRecord || (fields.length === 1 && fields[0] === "")) return null;
    records.push(fields);
    fields = [];
    start = at;
  }
  return records;
}

/** The place after the closing quote; -1: there is none. */
function endOfQuoted(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at + 1;
  return -1;
}

/** Looks no further than to the nearest of the two, so that a long text is passed over once. */
function endOfPlain(text: string, start: number, delimiter: string): number {
  let at = start;
  while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

/** Of JSON lines whose values are texts. */
function jsonTexts(text: string, columns: readonly string[]): PathTexts | null {
  const found = columns.map((): string[] => []);
  for (const line of text.split(/\r?\n/)) {
    if (line === "") continue;
    const row = objectOf(line);
    if (row === null || line.length > longestRecord) return null;
    for (const [i, column] of columns.entries()) {
      const value = row[column] ?? null;
      if (value === null) continue;
      if (typeof value !== "string" || /[\0\uFFFD\p{Surrogate}]/u.test(value)) return null;
      found[i]!.push(value);
    }
  }
  return found.map(distinct);
}

function objectOf(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject) return null;
    const keys = Object.keys(value).map((key) => key.toLowerCase());
    return new Set(keys).size < keys.length ? null : (value as Readonly<Record<string, unknown>>);
  } catch {
    return null;
  }
}
