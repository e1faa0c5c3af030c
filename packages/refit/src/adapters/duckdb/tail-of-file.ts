import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";

import type { FetchedFile } from "../../ports/sources.ts";
import { csvRelation } from "./csv-head.ts";
import type { FileHead } from "./file-head.ts";

/**
 * The head of a CSV file that grew, whose relation are the rows after the earlier ones alone: they are copied, since DuckDB cannot begin
 * in the middle of a file. Lines are still counted in the file itself.
 *
 * @param from the byte after the earlier rows. Where the last of them had no line end, its end comes first.
 * @returns `null` where an empty line comes first, which DuckDB may take for another thing at the beginning of a file.
 */
export async function tailOfFile(head: FileHead, from: number, scratch: string): Promise<FileHead | null> {
  const lineEnd = await lineEndAt(head.localPath, from);
  if (lineEnd === null) return null;
  const copy = path.join(scratch, `${randomUUID()}.tail.csv`);
  const start = from + lineEnd;
  await pipeline(createReadStream(head.localPath, { start }), createWriteStream(copy));
  return { ...head, relation: csvRelation(copy, head.delimiter, head.columns.length, false) };
}

/** Whether a file's wanted rows can be read without the others. */
export function hasTail({ only, from }: FetchedFile, { format }: FileHead): boolean {
  return from !== undefined && only?.length === 1 && format === "csv";
}

/** How many rows of a file come before the first that is wanted. */
export function rowsBefore({ only }: FetchedFile): number {
  return (only?.[0]?.[0] ?? 1) - 1;
}

/** Bytes of the line end that the line before still needs; `null`: an empty line comes after it. */
async function lineEndAt(file: string, start: number): Promise<number | null> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, start - 1);
    const [before, after] = [buffer[0], buffer.subarray(1, bytesRead).toString("latin1")];
    const lineEnd = before === newline ? "" : (/^\r?\n/.exec(after)?.[0] ?? "");
    return /^[\r\n]/.test(after.slice(lineEnd.length)) ? null : lineEnd.length;
  } finally {
    await handle.close();
  }
}

const newline = 10;
