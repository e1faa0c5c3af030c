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
    header.map((name, column) => [name, rows.map((row) => valueOf(row[column]!, types.get(name) ?? "string"))]),
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
  let row: string[] = [];
  const value = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (value.lastIndex < text.length || row.length > 0) {
    const found = value.exec(text);
    if (found === null) {
      const place = rows.length === 0 ? "the header" : `row ${rows.length - 1}`;
      throw bodyInvalid(`A quotation mark is misplaced in ${place} of the CSV text.`);
    }
    const [, quoted, plain, end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
