import type { InputColumns, LoadedVersion } from "@refit/runtime";
import { bodyInvalid } from "./request-rows.ts";

/**
 * Columns of CSV text (RFC 4180) with a header, each value by the type of its column; an empty one is missing. What cannot be read stays text, so
 * that the version refuses it with its row and column.
 *
 * @throws RefusedRequest where it is no table
 */
export function csvColumns(text: string, inputs: LoadedVersion["inputs"]): InputColumns {
  const [header, ...rows] = csvRows(text.replace(/^\ufeff/, ""));
  if (header === undefined) throw bodyInvalid("The CSV text is empty: its first line names the columns.");
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) throw bodyInvalid(`The CSV header names ${JSON.stringify(twice)} twice.`);
  const uneven = rows.findIndex((row) => row.length !== header.length);
  if (uneven >= 0) {
    const found = rows[uneven]!.length;
    throw bodyInvalid(`Row ${uneven} of the CSV text has ${found} values, and its header ${header.length}.`);
  }
  const types = new Map(inputs.map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    header.map((name, column) => {
      const type = types.get(name) ?? "string";
      return [name, rows.map((row) => valueOf(row[column]!, type))];
    }),
  );
}

function valueOf(text: string, type: LoadedVersion["inputs"][number]["type"]): string | number | boolean | null {
  if (text === "") return null;
  if (type === "boolean" && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  // `Number` also reads " ", "0x10" and "1_0"-like forms that no column of numbers has.
  const isNumber = (type === "number" || type === "integer") && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
  return isNumber ? Number(text) : text;
}

/** Values by row; a line break at the end begins no row. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    const line = text.slice(at, end < text.length && text[end - 1] === "\r" && end > at ? end - 1 : end);
    if (/["\r]/.test(line)) {
      const { row, next } = quotedRow(text, at, rows.length);
      rows.push(row);
      at = next;
    } else {
      rows.push(line.split(","));
      at = end + 1;
    }
  }
  return rows;
}

/** A row with quotation marks, in which values may have commas and line breaks. @param place of the row, the header's is 0 */
function quotedRow(text: string, start: number, place: number): { readonly row: string[]; readonly next: number } {
  const value = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  value.lastIndex = start;
  const row: string[] = [];
  for (;;) {
    const found = value.exec(text);
    if (found === null) {
      const where = place === 0 ? "the header" : `row ${place - 1}`;
      throw bodyInvalid(`A quotation mark is misplaced in ${where} of the CSV text.`);
    }
    const [, quoted, plain, end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ",") return { row, next: value.lastIndex };
  }
}
