import { finding, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";
import { fileBytes } from "../disk/file-bytes.ts";

/** So much of a file without a mark tells its encoding. */
const sampleBytes = 4096;

/**
 * What is wrong with the bytes of a text, before anything reads them as UTF-8; `null`: nothing that shows here. UTF-16 would be
 * names of control characters, and DuckDB carries a NUL as part of a value.
 */
export async function textProblem(file: string, localPath: string): Promise<Finding | null> {
  let start = 0;
  for await (const bytes of fileBytes(localPath)) {
    const encoding = start === 0 ? otherEncoding(bytes) : null;
    if (encoding !== null) return otherThanUtf8(file, encoding);
    const at = bytes.indexOf(0);
    if (at >= 0) return nulByte(file, await lineOf(localPath, start + at));
    start += bytes.length;
  }
  return null;
}

/** By the mark that a file begins with; without one, by the halves of its letters that are 0. */
function otherEncoding(bytes: Buffer): string | null {
  const mark = [...bytes.subarray(0, 4)];
  if (mark.join() === "255,254,0,0" || mark.join() === "0,0,254,255") return "UTF-32";
  if (bytes.length >= 2 && (mark.slice(0, 2).join() === "255,254" || mark.slice(0, 2).join() === "254,255"))
    return "UTF-16";
  const sample = bytes.subarray(0, sampleBytes);
  const zeros = [0, 0];
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2]!++;
  const [high, low] = zeros as [number, number];
  if (high === 0 && low > 0.3 * (sample.length / 2)) return "UTF-16LE";
  return low === 0 && high > 0.3 * (sample.length / 2) ? "UTF-16BE" : null;
}

function otherThanUtf8(file: string, encoding: string): Finding {
  const words = `${quoted(file)} is encoded as ${encoding}; refit reads UTF-8. Convert it: \`iconv -f ${encoding} -t UTF-8\`, or save it as "CSV UTF-8" from a spreadsheet.`;
  return finding("not-utf8", { file, line: 1 }, words);
}

/** In the first line it is part of a column's name, and told as that. */
function nulByte(file: string, line: number): Finding | null {
  if (line === 1) return null;
  const words = `${quoted(file)}, line ${line}, contains a NUL byte, which text does not have: the file was damaged or cut off while it was written.`;
  return finding("unreadable-file", { file, line }, words);
}

/** The line, from 1, of a byte: lines end with LF, CR LF, or CR alone. */
async function lineOf(localPath: string, end: number): Promise<number> {
  let [line, afterReturn, start] = [1, false, 0];
  for await (const bytes of fileBytes(localPath)) {
    for (const byte of bytes.subarray(0, end - start)) {
      if (byte === 13 || (byte === 10 && !afterReturn)) line++;
      afterReturn = byte === 13;
    }
    start += bytes.length;
    if (start >= end) break;
  }
  return line;
}
