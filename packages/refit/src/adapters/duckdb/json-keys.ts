import { createReadStream } from "node:fs";
import { finding, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";
import { columnNameProblem } from "@refit/core/spec";

import { fileText, textLines } from "./file-text.ts";

/**
 * The first key of a file of JSON lines that DuckDB reads under another name, and so without its values: it cuts a name
 * at a zero byte, gives a name to a key without one, and numbers names that differ only in case.
 *
 * The lines are only parsed where there is a sign of that.
 *
 * @param columns names as DuckDB gives them.
 */
export async function unreadKey(file: string, localPath: string, columns: readonly string[]): Promise<Finding | null> {
  if (!renamed(columns) && !(await holdsText(localPath, String.raw`\u0000`))) return null;
  const known = new Map(columns.map((name) => [name.toLowerCase(), name]));
  const exact = new Set(columns);
  let line = 0;
  for await (const text of textLines(fileText(localPath))) {
    line++;
    for (const key of keysOf(text)) {
      if (exact.has(key)) continue;
      const place = { file, column: key, line };
      const problem = columnNameProblem(key);
      if (problem !== null) return finding("column-name", place, `${quoted(file)}, line ${line}: a key ${problem}.`);
      const other = known.get(key.toLowerCase());
      if (other === undefined) continue;
      const message = `${quoted(file)}, line ${line}: the key ${quoted(key)} is the same column as ${quoted(other)}.`;
      return finding("duplicate-column", place, message);
    }
  }
  return null;
}

/** Whether a name looks like one that DuckDB has made: `C1` for the second column, `a_1` beside `A`. */
function renamed(columns: readonly string[]): boolean {
  const folded = new Set(columns.map((name) => name.toLowerCase()));
  return columns.some((name, i) => {
    const base = /^(.*)_\d+$/s.exec(name)?.[1];
    return name === `C${i}` || (base !== undefined && folded.has(base.toLowerCase()));
  });
}

function keysOf(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? Object.keys(value) : [];
  } catch {
    return []; // reading the rows finds and names it
  }
}

async function holdsText(localPath: string, text: string): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(localPath, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const seen = Buffer.concat([rest, chunk]);
    if (seen.includes(text)) return true;
    rest = seen.subarray(1 - text.length);
  }
  return false;
}
