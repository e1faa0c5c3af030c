import { acceptSuspects, type Finding } from "@refit/core/data";

import type { OpenRequest } from "../../ports/tables.ts";
import { castSql, oddSql, readsAsSql, suggestsSql, surelySql, type InferableType } from "./column-types.ts";
import type { FileHead } from "./file-head.ts";
import { fileParts, textsSql, textSql } from "./file-rows.ts";
import { headerAgainSql } from "./header-again.ts";
import { areIdentified, rowIdentifier } from "./identify-rows.ts";
import { likelyTypes } from "./find-types.ts";
import type { PlannedColumn } from "./layout.ts";
import { planColumns } from "./plan-columns.ts";
import {
  createTable,
  digestSql,
  fileColumn,
  insertRows,
  layViews,
  loadedTable,
  numberColumn,
  shownColumns,
} from "./load.ts";
import { readHead } from "./read-head.ts";
import { literal } from "./sql-text.ts";
import type { Session } from "./session.ts";
import { hasTail, rowsBefore, tailOfFile } from "./tail-of-file.ts";
import type { TypedColumn } from "./typed-column.ts";

/** Beyond this, what a statement holds in memory for each column and thread is more than it saves. */
const mostColumns = 100;

/** Files that lie in the table below `source`; where the findings hold an error, only what was found before it. */
export interface LoadedFiles {
  readonly heads: readonly FileHead[];
  readonly columns: readonly TypedColumn[];
  readonly rowsByFile: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
  /** SQL of the number of a row in its file, from 1, over the table. */
  readonly number: string;
  /** SQL of what the views over the rows show, for `layViews`. */
  readonly shown: string;
  /** Gives each row its digest, where it has none yet. @throws SourceVanishedError when a file is no longer what was loaded. */
  identify(): Promise<void>;
}

/** A column with a type that some rows speak for, and SQL of a text and its value that speak against it. */
interface GuessedColumn extends TypedColumn {
  /** Its values are taken as they are in the files, of which all state the type. */
  readonly isExact: boolean;
  readonly doubt: ((text: string, value: string) => string) | null;
}

/**
 * Reads files once: their form, types and rows in one statement, which ends at the first text that speaks against what a
 * sample says of its column. Almost all files are as they seem.
 *
 * @returns `null` where anything is in doubt, with nothing left behind: the files have to be looked at step by step, which
 * says what it is.
 */
export async function loadAtOnce(session: Session, request: OpenRequest): Promise<LoadedFiles | null> {
  const heads: FileHead[] = [];
  for (const file of request.files) {
    const head = await readHead(session, file, request);
    if ("severity" in head || head.columns.length > mostColumns) return null;
    // The step by step way numbers rows, to leave some out.
    if (file.only !== undefined && !hasTail(file, head)) return null;
    // It reads such a file from a copy.
    if (head.format === "csv" && head.columns.some((name) => /[\r\n]/.test(name))) return null;
    const wanted = file.only === undefined ? head : await tailOfFile(head, file.from!, request.scratch);
    if (wanted === null) return null;
    heads.push(wanted);
  }
  const layout = planColumns(heads, request);
  const findings = acceptSuspects(layout.findings, request.manifest.checks);
  if (layout.columns.length > mostColumns || findings.some(({ severity }) => severity === "error")) return null;

  try {
    const columns = await guessTypes(session, heads, request, layout.columns);
    await createTable(session, columns, []);
    const { toPrepare = false } = request;
    const identify = toPrepare ? areIdentified : await rowIdentifier(session, request, heads, columns);
    const loaded = await session.onAllThreads(() => loadUndoubted(session, heads, columns, toPrepare));
    const rows = [...heads.keys()].map((i) => loaded.get(i) ?? 0);
    if (rows.every((count) => count > 0)) {
      const before = request.files.map(rowsBefore);
      const number = numberSql(rows, before);
      const shown = shownColumns(columns, [`${number} AS ${numberColumn}`]);
      await layViews(session, shown);
      const rowsByFile = new Map(heads.map(({ path }, i) => [path, before[i]! + rows[i]!]));
      return { heads, columns, rowsByFile, findings, number, shown, identify };
    }
  } catch (error) {
    // DuckDB has no type of error: whatever it stumbles over shows again step by step, with a name.
    if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) throw error;
  }
  await session.run(`DROP TABLE IF EXISTS ${loadedTable}`);
  return null;
}

/** @returns rows by number of the file. */
async function loadUndoubted(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly GuessedColumn[],
  withDigests: boolean,
): Promise<ReadonlyMap<number, number>> {
  const exact = new Set<PlannedColumn>(columns.filter(({ isExact }) => isExact));
  const texts = columns.map(({ missingValues }, i) => `${textSql(`raw${i}`, missingValues)} AS text${i}`);
  const values = columns.map((column, i) => `${valueSql(column, i)} AS value${i}`);
  const doubts = columns.flatMap(({ doubt }, i) => (doubt === null ? [] : [doubt(`text${i}`, `value${i}`)]));
  const header = headerDoubt(heads, columns);
  if (header !== null) doubts.push(header);
  const digest = withDigests ? digestSql(heads, columns) : "NULL";
  const row = doubts.length === 0 ? digest : `CASE WHEN ${doubts.join(" OR ")} THEN error('doubt') ELSE ${digest} END`;
  const selected = [...columns.map((_, i) => `value${i}`), row, "file"];
  for (const files of fileParts(heads)) {
    // Each step gives names to what the next one needs several times.
    const withTexts = `SELECT *, ${texts.join(", ")} FROM ${textsSql(files, columns, (column) => exact.has(column))}`;
    const withValues = `SELECT *, ${values.join(", ")} FROM (${withTexts})`;
    await insertRows(session, `SELECT ${selected.join(", ")} FROM (${withValues})`);
  }
  const counted = await session.rows(`SELECT ${fileColumn}, count(*) FROM ${loadedTable} GROUP BY ${fileColumn}`);
  return new Map(counted.map(([file, rows]) => [Number(file), Number(rows)]));
}

/** SQL condition of a row that may be the header of its file once more; `null`: none can be. */
function headerDoubt(heads: readonly FileHead[], columns: readonly GuessedColumn[]): string | null {
  const files = [...heads.keys()].filter((i) => heads[i]!.format === "csv");
  if (files.length === 0) return null;
  // A file without a column has no text there, and may have its header once more all the same.
  const isHeader = headerAgainSql(
    columns.map(({ raw }) => raw),
    (i) => `coalesce(raw${i}, ${literal(columns[i]!.raw)})`,
  );
  if (isHeader === null) return null;
  return files.length === heads.length ? `(${isHeader})` : `(file IN (${files.join(", ")}) AND ${isHeader})`;
}

/** A text that means that there is no value may stand for a number, such as -999. */
function valueSql({ type, field, missingValues, isExact }: GuessedColumn, i: number): string {
  if (!isExact) return castSql(`text${i}`, type, field);
  return missingValues.every((text) => text === "") ? `exact${i}` : `CASE WHEN text${i} IS NOT NULL THEN exact${i} END`;
}

async function guessTypes(
  session: Session,
  heads: readonly FileHead[],
  { manifest }: OpenRequest,
  columns: readonly PlannedColumn[],
): Promise<GuessedColumn[]> {
  const open = columns.filter(({ type }) => type === null);
  const likely = await likelyTypes(session, { heads, missingValues: manifest.schema.missingValues }, open);
  return columns.map((column): GuessedColumn => {
    if (column.type !== null) return declaredColumn({ ...column, type: column.type }, heads);
    const types = likely.get(column);
    // Without a text in the sample it is a text column if it has none at all.
    if (types === undefined)
      return { ...column, type: "string", isExact: false, doubt: (text) => `${text} IS NOT NULL` };
    const [type] = types;
    return type === undefined
      ? { ...column, type: "string", isExact: false, doubt: null }
      : inferredColumn(column, type);
  });
}

function declaredColumn(column: TypedColumn, heads: readonly FileHead[]): GuessedColumn {
  const { type, field, positions } = column;
  if (type === "string" || type === "file") return { ...column, isExact: false, doubt: null };
  const isStated = positions.every((position, i) => position < 0 || heads[i]!.exact[position] === type);
  const { format, decimalChar, groupChar, bareNumber = true } = field ?? {};
  const isPlain = bareNumber && [format, decimalChar, groupChar].every((form) => form === undefined);
  if (isStated && isPlain) {
    const odd = oddSql(type, "");
    return { ...column, isExact: true, doubt: odd === null ? null : (_, value) => oddSql(type, value)! };
  }
  return { ...column, isExact: false, doubt: unless(type, (text, value) => readsAsSql(text, type, field, value)) };
}

function inferredColumn(column: PlannedColumn, type: InferableType): GuessedColumn {
  return { ...column, type, isExact: false, doubt: unless(type, (text, value) => suggestsSql(text, type, value)) };
}

function unless(type: TypedColumn["type"], fits: (text: string, value: string) => string): GuessedColumn["doubt"] {
  return (text, value) => {
    const isFinite = type === "number" ? ` AND isfinite(${value})` : "";
    const doubt = `${text} IS NOT NULL AND NOT coalesce(${fits(text, value)}${isFinite}, false)`;
    const surely = surelySql(text, type, value);
    return surely === null ? `(${doubt})` : `CASE WHEN ${surely} THEN false ELSE ${doubt} END`;
  };
}

/** SQL of the number of a row in its file, as rows lie in the order of the files. @param before rows of each file that were not loaded. */
function numberSql(rows: readonly number[], before: readonly number[]): string {
  let next = 0;
  const places = rows.map((count) => (next += count) - count);
  const first = places.map((place, i) => place - before[i]!);
  return `CAST(rowid - [${first.join(", ")}][${fileColumn} + 1] + 1 AS INTEGER)`;
}
