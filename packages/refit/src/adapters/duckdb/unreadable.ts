import { finding, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";

export function emptyFile(file: string): Finding {
  return finding("empty-file", { file }, `${quoted(file)} is empty.`);
}

/** @param kind such as `Parquet`, with what is wrong where that is known. */
export function unreadable(file: string, kind: string): Finding {
  return finding("unreadable-file", { file }, `${quoted(file)} cannot be read as ${kind}.`);
}

export function notUtf8(file: string, line: number): Finding {
  return finding("not-utf8", { file, line }, `${quoted(file)}, line ${line}, contains bytes that are not UTF-8.`);
}
