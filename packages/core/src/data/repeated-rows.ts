import { quoted } from "../errors/name-words.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import { leastValues } from "./signature.ts";

/** How many of a file's rows are in another file as well, or were appended once more. */
export interface FileRepeats {
  readonly path: string;
  readonly rows: number;
  readonly copied: number;
  /** A file that has some of them; `null`: none are copied. */
  readonly copiedFrom: string | null;
}

/**
 * Names the rows that are there twice. A file that brings nothing else is a feed that is stuck, whatever the order or form of its
 * rows: it blocks, as a copy of the bytes does. Where exports overlap, rows are counted once, and the file is read.
 */
export function repeatedRows(files: readonly FileRepeats[]): Finding[] {
  return files.flatMap(({ path, rows, copied, copiedFrom }) => {
    if (copiedFrom === null) return [];
    const isStuck = copied === rows && rows >= leastValues;
    const other = copiedFrom === path ? "the file itself" : quoted(copiedFrom);
    const message = isStuck
      ? `All ${rows} rows of ${quoted(path)} are repeated from ${other}.`
      : `${copied} of the ${rows} rows of ${quoted(path)} are repeated, the first one from ${other}; they do not count as new.`;
    return [finding(isStuck ? "repeated-rows" : "rows-again", { file: path, count: copied }, message)];
  });
}
