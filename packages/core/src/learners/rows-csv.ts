import type { Column } from "../features/column.ts";

/** Rows that are turned into text at once. */
const rowsAtOnce = 10_000;

/**
 * Rows as CSV (RFC 4180, line feeds): a header, then a line per row, in pieces. A missing value is empty, and an empty text is
 * `""`. Numbers are the shortest text that reads back as the same number, booleans `true` and `false`, dates and times ISO 8601
 * in UTC.
 */
export function* csvOf(columns: readonly Column[], rows: number): Generator<string> {
  yield `${columns.map(({ name }) => quotedCell(name)).join(",")}\n`;
  const cells = columns.map(cellOf);
  for (let first = 0; first < rows; first += rowsAtOnce) {
    const last = Math.min(rows, first + rowsAtOnce);
    let text = "";
    for (let row = first; row < last; row++) {
      for (const [i, cell] of cells.entries()) text += i === 0 ? cell(row) : `,${cell(row)}`;
      text += "\n";
    }
    yield text;
  }
}

function cellOf(column: Column): (row: number) => string {
  if (column.kind === "text") {
    const written = column.dictionary.map(quotedCell);
    return (row) => written[column.codes[row]!] ?? "";
  }
  const { type, values } = column;
  const write = writerOf(type);
  return (row) => (Number.isNaN(values[row]!) ? "" : write(values[row]!));
}

function writerOf(type: Exclude<Column["type"], "string" | "file">): (value: number) => string {
  if (type === "boolean") return (value) => (value === 0 ? "false" : "true");
  if (type === "date") return (value) => new Date(value).toISOString().slice(0, 10);
  if (type === "datetime") return (value) => new Date(value).toISOString();
  return String;
}

/** Quoted where a reader could take it for something else. */
function quotedCell(text: string): string {
  return text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
