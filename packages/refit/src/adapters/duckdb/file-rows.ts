import type { FileHead } from "./file-head.ts";
import type { PlannedColumn } from "./layout.ts";
import { onlyRowsSql } from "./only-rows.ts";
import { inParts, literals } from "./sql-text.ts";

/** A file, and its number from 0. */
type NumberedHead = readonly [file: number, head: FileHead];

/**
 * Files that one statement goes over. What DuckDB takes to plan a statement is far more than to read a small file, so
 * that statements per file would cost the same for each of them.
 */
export const filesAtOnce = 100;

export function fileParts(heads: readonly FileHead[]): NumberedHead[][] {
  return inParts([...heads.entries()], filesAtOnce);
}

/**
 * SQL of the wanted rows of some files, in order: `file`, `number` (from 1 in each file), and each column's text as it is in
 * the file: `raw0`, `raw1`, …, NULL where the file does not have the column.
 */
export function rowsSql(files: readonly NumberedHead[], columns: readonly PlannedColumn[]): string {
  const arms = files.map((numbered) => {
    const all = armSql(numbered, columns, ["row_number() OVER () AS number"]);
    const [file, { only }] = numbered;
    const wanted = onlyRowsSql(file, only);
    return wanted === null ? all : `SELECT * FROM (${all}) WHERE ${wanted}`;
  });
  return `(${arms.join(" UNION ALL ")})`;
}

/**
 * As `rowsSql`, without the numbers: to count rows takes one thread, and these come in their order on any number. Columns for which
 * `isExact` says so come as they are, too: `exact0`, `exact1`, …
 */
export function textsSql(
  files: readonly NumberedHead[],
  columns: readonly PlannedColumn[],
  isExact: (column: PlannedColumn) => boolean,
): string {
  const arms = files.map((numbered) => {
    const exact = columns.flatMap((column, i) => {
      const position = column.positions[numbered[0]]!;
      return isExact(column) ? [`${position < 0 ? "NULL" : `v${position}`} AS exact${i}`] : [];
    });
    return armSql(numbered, columns, exact);
  });
  return `(${arms.join(" UNION ALL ")})`;
}

function armSql(
  [file, { relation }]: NumberedHead,
  columns: readonly PlannedColumn[],
  besides: readonly string[],
): string {
  const texts = columns.map(({ positions }, i) => {
    const position = positions[file]!;
    return `${position < 0 ? "NULL::VARCHAR" : `c${position}`} AS raw${i}`;
  });
  return `SELECT ${[`${file} AS file`, ...besides, ...texts].join(", ")} FROM ${relation}`;
}

/** The texts of the source files, and which of them mean that there is no value. */
export interface SourceTexts {
  readonly heads: readonly FileHead[];
  /** Of all files. */
  readonly rows: number;
  readonly missingValues: readonly string[];
}

/** SQL for a text of `rowsSql`, or of another name: NULL for `missingValues`. */
export function textSql(raw: string, missingValues: readonly string[]): string {
  return missingValues.length === 0 ? raw : `CASE WHEN ${raw} NOT IN (${literals(missingValues)}) THEN ${raw} END`;
}
