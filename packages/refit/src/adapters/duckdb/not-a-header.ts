import { finding, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";

import type { CsvRecord } from "./csv-records.ts";

/** The mark with which a line begins as comments do; `null`: it does not. */
export function commentMark(field: string): string | null {
  return /^\s*(#|\/\/|%)/.exec(field)?.[1] ?? null;
}

/**
 * Why the first line is not the header, and where that seems to be; `null`: nothing says so.
 *
 * @param rows fields of most rows, and the first line that has as many.
 */
export function notAHeader(
  { line, fields }: Pick<CsvRecord, "line" | "fields">,
  rows: { readonly width: number; readonly line: number },
): string | null {
  const [first = ""] = fields;
  if (/^sep=.?$/i.test(first)) return `line ${line} is "sep=…", which only Excel reads. Remove it.`;
  const where = `There seems to be a header in line ${rows.line}. Remove the lines before it.`;
  const mark = commentMark(first);
  if (mark !== null)
    return `line ${line} begins with "${mark}", as a comment does, and was read as the header. ${where}`;
  if (fields.length > 1) return null;
  return `line ${line} has 1 field, and the rows have ${rows.width}: it seems to be a title. ${where}`;
}

/** Lines that are looked at. */
const fewLines = 20;

/**
 * A first line without any separator above lines that all have as many of one: with it for a header, each of them would be one
 * long text, without a word.
 *
 * @param lines that a file begins with. @param separators in the order of preference.
 */
export function titleAbove(file: string, lines: readonly string[], separators: readonly string[]): Finding | null {
  const [title = "", ...others] = lines.slice(0, fewLines);
  if (lines.slice(0, fewLines).some((line) => line.includes('"')) || separators.some((each) => title.includes(each)))
    return null;
  const rows = others
    .map((text, i) => ({ text, line: i + 2 }))
    .filter(({ text }) => text.trim() !== "" && commentMark(text) === null);
  if (rows.length < 2) return null;
  for (const separator of separators) {
    const widths = new Set(rows.map(({ text }) => text.split(separator).length));
    const [width] = widths;
    if (widths.size !== 1 || width === 1) continue;
    const words = notAHeader({ line: 1, fields: [title] }, { width: width!, line: rows[0]!.line });
    return finding("ragged-row", { file, line: 1 }, `${quoted(file)}: ${words}`);
  }
  return null;
}
