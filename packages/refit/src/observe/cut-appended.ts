import type { LineageFile } from "@refit/core/history";
import type { FetchedFile } from "../ports/sources.ts";
import { sha256 } from "../sha256.ts";

/** The bytes of the champion's file, and the rows after it as a file of their own. */
export interface CutFile {
  readonly head: Uint8Array;
  readonly end: Uint8Array;
}

const NEWLINE = 10;
const QUOTE = 34;

/**
 * What was appended to a file of text: its first bytes must be those of the file that the champion was built from, to the end of a row.
 *
 * @returns `null`: it did not only grow, or nobody can tell.
 */
export function cutAppended(
  { path, format }: Pick<FetchedFile, "path" | "format">,
  bytes: Uint8Array,
  before: Pick<LineageFile, "bytes" | "sha256">,
): CutFile | null {
  const isText = /\.(?:csv|tsv|jsonl|ndjson)$/i.test(path);
  if (!isText || before.bytes === 0 || bytes.length <= before.bytes) return null;
  const head = bytes.subarray(0, before.bytes);
  const isClosed = head.at(-1) === NEWLINE;
  if ((!isClosed && bytes[before.bytes] !== NEWLINE) || sha256(head) !== before.sha256) return null;
  const rows = bytes.subarray(before.bytes + (isClosed ? 0 : 1));
  if (rows.length === 0) return null;
  if (format === "jsonl") return { head, end: rows };
  const names = bytes.subarray(0, head.indexOf(NEWLINE) + 1);
  // A name in quotes may go on in the next line; a zero byte is half of a letter in other encodings.
  if (names.length === 0 || names.includes(QUOTE) || names.includes(0)) return null;
  const end = new Uint8Array(names.length + rows.length);
  end.set(names);
  end.set(rows, names.length);
  return { head, end };
}
