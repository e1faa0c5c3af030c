import type { InputColumns, LoadedVersion } from "@refit/runtime";
import { bodyInvalid } from "./refused-request.ts";

type Cell = string | number | boolean | null;

/**
 * Columns of CSV text (RFC 4180) with a header, each value by the type of its column; an empty one is missing. What cannot be read stays text, so
 * that the version refuses it with its row and column.
 *
 * @throws RefusedRequest where it is no table
 */
export function csvColumns(text: string, inputs: LoadedVersion["inputs"]): InputColumns {
  const types = new Map(inputs.map(({ name, type }) => [name, type]));
  const rows = rowsOf(text.replace(/^\ufeff/, ""));
  const header = rows.next().value;
  if (header === undefined) throw bodyInvalid("The CSV text is empty: its first line names the columns.");
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) throw bodyInvalid(`The CSV header names ${JSON.stringify(twice)} twice.`);
  const columns = header.map((name) => ({ name, read: readers[types.get(name) ?? "string"], values: [] as Cell[] }));
  let place = 0;
  for (const cells of rows) {
    if (cells.length !== columns.length) {
      throw bodyInvalid(`Row ${place} of the CSV text has ${cells.length} values, and its header ${columns.length}.`);
    }
    for (const [i, { read, values }] of columns.entries()) values.push(read(cells[i]!));
    place++;
  }
  return Object.fromEntries(columns.map(({ name, values }) => [name, values]));
}

const textOrMissing = (text: string) => (text === "" ? null : text);
/** Missing is NaN, as in the list that it becomes: with `null` in it, that would hold an object for each number. */
const numberOrText = (text: string) => {
  if (text === "") return Number.NaN;
  // `Number` also reads " ", "0x10" and "1_0"-like forms that no column of numbers has.
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
};
const booleanOrText = (text: string) =>
  /^(?:true|false)$/i.test(text) ? text.toLowerCase() === "true" : textOrMissing(text);

const readers: Readonly<Record<LoadedVersion["inputs"][number]["type"], (text: string) => Cell>> = {
  string: textOrMissing,
  number: numberOrText,
  integer: numberOrText,
  boolean: booleanOrText,
  date: textOrMissing,
  datetime: textOrMissing,
  file: textOrMissing,
};

/** The values of each row; a line break at the end begins no row. */
function* rowsOf(text: string): Generator<readonly string[], undefined> {
  let at = 0;
  for (let place = 0; at < text.length; place++) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, found > at && text[found - 1] === "\r" ? found - 1 : end);
    if (/["\r]/.test(line)) {
      const { row, next } = quotedRow(text, at, place);
      yield row;
      at = next;
    } else {
      yield line.split(",");
      at = end + 1;
    }
  }
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
