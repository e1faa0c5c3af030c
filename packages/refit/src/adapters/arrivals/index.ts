import { constants } from "node:buffer";
import { readFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { BacktestTimeError } from "@refit/core/errors";
import type { DataManifest } from "@refit/core/spec";
import type { ArrivedFile, Arrivals } from "../../ports/arrivals.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import { columnNameKey } from "@refit/core/spec";
import { findDelimiter } from "../duckdb/csv-records.ts";
import { decodeText } from "../../text.ts";
import { cutCsv, cutLines, type RecordCut } from "./cut-records.ts";
import { timeColumn, type TimeColumn } from "./time-column.ts";

/** When rows of files came. What is compressed is written anew for fewer rows: always the same bytes for the same rows. */
export const arrivalsAdapter: Arrivals = {
  async open(file, manifest, { time, scratch }) {
    const column = timeColumn(file, manifest, time);
    const whole = await readFile(file.localPath);
    if (file.format === "parquet") {
      const { cutParquet, parquetTimes } = await import("./parquet-rows.ts");
      const place = { limits: manifest.limits, scratch };
      const times = await parquetTimes(file, column, place);
      return arrivedFile(times, whole, (rows, folder) => cutParquet(file, rows, { ...place, scratch: folder }));
    }
    const isZipped = file.path.toLowerCase().endsWith(".gz");
    const text = isZipped ? unzipped(whole, file, manifest, time) : whole;
    const { start, records } = file.format === "csv" ? csvRows(text, file, column) : jsonRows(text, column);
    const times = records.map(({ at }) => at);
    return arrivedFile(times, whole, async (rows) => {
      const stretches = joined(
        { from: 0, to: start },
        rows.map((row) => records[row]!),
      );
      const cut = Buffer.concat(stretches.map(({ from, to }) => text.subarray(from, to)));
      // Stored, not compressed: other versions of zlib would give other bytes.
      return isZipped ? gzipSync(cut, { level: 0 }) : cut;
    });
  },
};

function unzipped(bytes: Uint8Array, { path }: FetchedFile, { limits }: DataManifest, time: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.min(limits.spillMiB * 2 ** 20, constants.MAX_LENGTH) });
  } catch {
    throw new BacktestTimeError(
      time,
      path,
      "it is not a complete gzip file, or unpacks to more than `limits.spillMiB`",
    );
  }
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

/** @param cut makes the bytes of a file with these rows only, ascending; a folder is for what it writes meanwhile. */
function arrivedFile(
  ats: readonly (number | null)[],
  whole: Uint8Array,
  cut: (rows: readonly number[], folder: string) => Promise<Uint8Array>,
): ArrivedFile {
  const times = new Float64Array(ats.length);
  let last = ats.find((at) => at !== null) ?? -Infinity;
  ats.forEach((at, i) => {
    last = at ?? last;
    times[i] = last;
  });
  return {
    times,
    async until(instant, folder) {
      const kept = [...times.keys()].filter((i) => times[i]! <= instant);
      if (kept.length === 0) return null;
      return kept.length === times.length ? whole : cut(kept, folder);
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
