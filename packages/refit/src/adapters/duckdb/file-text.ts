import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { fileBytes } from "../disk/file-bytes.ts";

/**
 * The text of a file in pieces, without its byte order mark. Bytes that are not UTF-8 are read as U+FFFD.
 *
 * @throws the system's error for a file that cannot be read.
 */
export async function* fileText(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  for await (const bytes of fileBytes(file)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

/** Longest record that DuckDB is asked to hold, in bytes. */
export const maxRecordBytes = 8 << 20;

/** The lines of a text, without their line breaks. Of a line that no record can have, only more than a record's length is kept. */
export async function* textLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of text) {
    const [first = "", ...others] = piece.split("\n");
    if (rest.length <= maxRecordBytes) rest += first;
    if (others.length === 0) continue;
    yield rest;
    rest = others.pop()!;
    yield* others;
  }
  if (rest !== "") yield rest;
}

/** Text that would go on beyond the bytes that it may have. */
export class TooLongError extends Error {}

/**
 * Unzips a gzip file, checking its length and checksum: DuckDB reads a gzip file that was cut short without a word.
 *
 * @throws TooLongError when there is more to come after `maxBytes`; zlib's error for bytes that are not a complete gzip file.
 */
export async function unzip(from: string, to: string, maxBytes: number): Promise<void> {
  await pipeline(
    createReadStream(from),
    createGunzip(),
    (bytes: AsyncIterable<Uint8Array>) => upTo(maxBytes, bytes),
    createWriteStream(to),
  );
}

async function* upTo(maxBytes: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of bytes) {
    passed += chunk.byteLength;
    if (passed > maxBytes) throw new TooLongError(`more than ${maxBytes} bytes`);
    yield chunk;
  }
}

/** Copies CSV text with LF for every line end outside quotes, and blanks for line breaks inside of the header's names. */
export async function evenLineEnds(from: string, to: string): Promise<void> {
  await pipeline(evened(fileText(from)), createWriteStream(to));
}

async function* evened(text: AsyncIterable<string>): AsyncGenerator<string> {
  let insideQuotes = false;
  let inHeader = true;
  let held = "";
  for await (const piece of text) {
    // A CR at the end waits for its LF.
    const whole = held + piece;
    held = whole.endsWith("\r") ? "\r" : "";
    const parts = whole.slice(0, whole.length - held.length).split('"');
    yield parts
      .map((part, i) => {
        if (i > 0) insideQuotes = !insideQuotes;
        if (insideQuotes) return inHeader ? part.replace(/[\r\n]/g, " ") : part;
        if (/[\r\n]/.test(part)) inHeader = false;
        return part.replace(/\r\n?/g, "\n");
      })
      .join('"');
  }
  yield held;
}
