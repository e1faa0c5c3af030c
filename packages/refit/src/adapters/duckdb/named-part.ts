import { literal } from "./sql-text.ts";

/**
 * Between the parts of a value of a column of type `file`, as it lies in the table: path from the root of the repository, name by content,
 * bytes. So whatever reads a row there reads what the file holds; `source` shows the path.
 */
export const between = "\u001f";

/** SQL of one part of a stored value. */
export const namedPart = (value: string, part: "path" | "content" | "bytes"): string =>
  `split_part(${value}, ${literal(between)}, ${1 + ["path", "content", "bytes"].indexOf(part)})`;
