import { readFile } from "node:fs/promises";
import { BacktestTimeError } from "@refit/core/errors";
import type { DataManifest } from "@refit/core/spec";
import type { ArrivedFile, Arrivals } from "../../ports/arrivals.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import { columnNameKey } from "@refit/core/spec";
import { findDelimiter } from "../duckdb/csv-records.ts";
import { decodeText } from "../../text.ts";
import { cutCsv, cutLines, type RecordCut } from "./cut-records.ts";
import { instantReader, type ReadInstant } from "./read-instant.ts";

/** Where the time stands in a source. */
interface TimeColumn {
  /** Its name in the file. */
  readonly name: string;
  readonly read: ReadInstant;
}

/** When rows of text files came. Files of other formats do not have rows that could be left out by their bytes. */
export const arrivalsAdapter: Arrivals = {
  async open(file, manifest, time) {
    const column = timeColumn(file, manifest, time);
    if (file.format === "parquet" || file.path.toLowerCase().endsWith(".gz"))
      throw new BacktestTimeError(time, file.path, "its rows are not lines of text");
    const bytes = await readFile(file.localPath);
    const { start, records } = file.format === "csv" ? csvRows(bytes, file, column) : jsonRows(bytes, column);
    return arrived(bytes, start, records);
  },
};

function timeColumn({ path }: FetchedFile, { schema }: DataManifest, time: string): TimeColumn {
  const field = schema.fields.find(({ name }) => name === time);
  const read = instantReader(field?.format ?? null);
  if (read === null) throw new BacktestTimeError(time, path, `its format ${field!.format} cannot be read here`);
  return { name: field?.from ?? time, read };
}

/** Rows of a text, each with the text of its time, and where the first of them begins. */
interface Rows {
  readonly start: number;
  readonly records: readonly (RecordCut & { readonly at: number | null })[];
}

function csvRows(bytes: Uint8Array, file: FetchedFile, { name, read }: TimeColumn): Rows {
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  const header = decodeText(bytes.subarray(0, end === -1 ? bytes.length : end));
  const cut = cutCsv(bytes, file.delimiter ?? findDelimiter(header));
  const [head, ...rows] = cut;
  const index = (head?.fields ?? []).findIndex((field) => columnNameKey(field) === columnNameKey(name));
  if (head === undefined || index === -1) throw new BacktestTimeError(name, file.path, "it has no such column");
  const records = rows.map(({ from, to, fields }) => ({ from, to, at: read(fields[index] ?? "") }));
  return { start: head.to, records };
}

function jsonRows(bytes: Uint8Array, { name, read }: TimeColumn): Rows {
  const records = cutLines(bytes).map(({ from, to }) => {
    const text = decodeText(bytes.subarray(from, to)).trim();
    return { from, to, at: read(fieldOf(text, name)) };
  });
  return { start: 0, records };
}

/** A line that is not JSON has no time; the run says what is wrong with it. */
function fieldOf(line: string, name: string): string {
  try {
    const value = (JSON.parse(line) as { readonly [key: string]: unknown } | null)?.[name];
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}

function arrived(bytes: Uint8Array, start: number, records: Rows["records"]): ArrivedFile {
  const times = new Float64Array(records.length);
  let last = records.find(({ at }) => at !== null)?.at ?? -Infinity;
  records.forEach(({ at }, i) => {
    last = at ?? last;
    times[i] = last;
  });
  return {
    times,
    until(instant) {
      const kept = records.filter((_, i) => times[i]! <= instant);
      if (kept.length === 0) return null;
      if (kept.length === records.length) return bytes;
      return Buffer.concat(joined({ from: 0, to: start }, kept).map(({ from, to }) => bytes.subarray(from, to)));
    },
  };
}

/** Neighbours as one stretch of bytes. */
function joined(first: RecordCut, others: readonly RecordCut[]): RecordCut[] {
  const stretches = [first];
  for (const { from, to } of others) {
    const last = stretches.at(-1)!;
    if (last.to === from) stretches[stretches.length - 1] = { from: last.from, to };
    else stretches.push({ from, to });
  }
  return stretches;
}
