import { decodeText } from "../../text.ts";

/** Where a record stands among the bytes of a text, its line end with it. */
export interface RecordCut {
  readonly from: number;
  readonly to: number;
}

export interface CsvCut extends RecordCut {
  readonly fields: readonly string[];
}

const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];

/** Cuts CSV into its records as RFC 4180 has it, also with LF or CR alone; empty lines go with the record before. */
export function cutCsv(bytes: Uint8Array, delimiter: string): CsvCut[] {
  const separator = delimiter.charCodeAt(0);
  const records: CsvCut[] = [];
  let from = 0;
  let quoted = false;
  let fields: [from: number, to: number][] = [];
  let field = 0;
  for (let i = 0; i <= bytes.length; i++) {
    const byte = bytes[i];
    if (byte === quote) quoted = !quoted;
    else if (byte === separator && !quoted) {
      fields.push([field, i]);
      field = i + 1;
    } else if (byte === undefined || ((byte === lineFeed || byte === carriageReturn) && !quoted)) {
      fields.push([field, i]);
      let to = Math.min(i + 1, bytes.length);
      if (byte === carriageReturn && bytes[to] === lineFeed) to++;
      const isEmpty = fields.length === 1 && field === i;
      const last = records.at(-1);
      if (!isEmpty) records.push({ from, to, fields: fields.map(([a, b]) => fieldText(bytes, a, b)) });
      else if (last !== undefined) records[records.length - 1] = { ...last, to };
      from = to;
      field = to;
      fields = [];
      i = Math.max(i, to - 1);
    }
  }
  return records;
}

function fieldText(bytes: Uint8Array, from: number, to: number): string {
  const text = decodeText(bytes.subarray(from, to));
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** Cuts a text into its lines. */
export function cutLines(bytes: Uint8Array): RecordCut[] {
  const records: RecordCut[] = [];
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(lineFeed, from);
    const to = end === -1 ? bytes.length : end + 1;
    records.push({ from, to });
    from = to;
  }
  return records;
}
