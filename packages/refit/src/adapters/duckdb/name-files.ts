import { finding, type Finding } from "@refit/core/data";
import { quoted, SourceVanishedError } from "@refit/core/errors";
import { contentName } from "@refit/core/spec";
import type { RowFile, NamingProblem } from "../../ports/sources.ts";
import type { OpenRequest } from "../../ports/tables.ts";
import type { FileHead } from "./file-head.ts";
import type { LoadedFiles } from "./load-at-once.ts";
import { fileColumn, first64Sql, loadedTable, rowColumn } from "./load.ts";
import { between, namedPart } from "./named-part.ts";
import { lineWords, linesOfRows } from "./row-lines.ts";
import type { Session } from "./session.ts";
import { identifier, inParts, literal } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";

const namesTable = "refit_names";
/** Names that one statement brings in. */
const namesAtOnce = 2000;

/** Rows with one file, as a share and as a number, from which on it may stand for one that is missing. */
const mostAlike = 0.05;
const leastAlike = 10;

/** Files that rows name: by column, and then by path from the root of the repository. */
export type NamedByPath = ReadonlyMap<string, ReadonlyMap<string, RowFile>>;

export interface NamedRows {
  readonly byPath: NamedByPath;
  readonly findings: readonly Finding[];
  /** Once rows have their digests: lets them depend on what their files hold. May be called again. */
  identify(): Promise<void>;
}

/** Puts files in the place of the texts that name them, in the rows that were loaded. */
export async function nameFiles(
  session: Session,
  { heads, columns, number, identify }: Pick<LoadedFiles, "heads" | "columns" | "number" | "identify">,
  { files }: Pick<OpenRequest, "files">,
): Promise<NamedRows> {
  const named = columns.filter(({ type }) => type === "file");
  const byPath = new Map<string, Map<string, RowFile>>();
  const findings: Finding[] = [];
  for (const column of named) {
    const all = files.map(({ namedFiles = [] }) => namedFiles.find(({ name }) => name === column.name)?.files);
    const known = new Map<string, RowFile>();
    for (const of of all) for (const each of of?.values() ?? []) if ("sha256" in each) known.set(each.path, each);
    byPath.set(column.name, known);
    await fillNames(session, all);
    const value = identifier(column.name);
    const rows = {
      heads,
      column,
      sql: `(SELECT ${fileColumn} AS file, ${number} AS number, ${value} AS value FROM ${loadedTable})`,
    };
    findings.push(...(await problemsOf(session, rows)));
    await refuseUnknown(session, rows);
    await session.run(
      `UPDATE ${loadedTable} SET ${value} = n.value FROM ${namesTable} n WHERE ${loadedTable}.${fileColumn} = n.file AND ${loadedTable}.${value} = n.text AND n.value IS NOT NULL`,
    );
    await session.run(`DROP TABLE ${namesTable}`);
    findings.push(...(await filesWithoutBytes(session, rows)), ...(await filesAlike(session, rows)));
  }
  let mixed: Promise<void> | null = null;
  const mix = async (): Promise<void> => {
    await identify();
    const values = named.map(({ name }) => `coalesce(${identifier(name)}, '')`);
    if (values.length === 0) return;
    const digest = first64Sql(`concat_ws('\u001e', ${rowColumn}, ${values.join(", ")})`);
    await session.run(`UPDATE ${loadedTable} SET ${rowColumn} = ${digest}`);
  };
  return { byPath, findings, identify: () => (mixed ??= mix()) };
}

/** A row for each text: its value, or what is wrong with it. */
async function fillNames(
  session: Session,
  all: readonly (ReadonlyMap<string, RowFile | NamingProblem> | undefined)[],
): Promise<void> {
  await session.run(
    `CREATE TEMP TABLE ${namesTable} (file INTEGER, text VARCHAR, value VARCHAR, code VARCHAR, words VARCHAR)`,
  );
  const rows = all.flatMap((names, file) =>
    [...(names ?? [])].map(([text, each]) =>
      "code" in each
        ? `(${file}, ${literal(text)}, NULL, ${literal(each.code)}, ${literal(each.words)})`
        : `(${file}, ${literal(text)}, ${literal(valueOf(each))}, NULL, NULL)`,
    ),
  );
  for (const part of inParts(rows, namesAtOnce))
    await session.run(`INSERT INTO ${namesTable} VALUES ${part.join(", ")}`);
}

const valueOf = ({ path, sha256, bytes }: RowFile) => [path, contentName(sha256, path), bytes].join(between);

/** One finding for each kind of problem and data file, with the first row and its value. */
async function problemsOf(session: Session, { heads, column, sql }: NumberedValues): Promise<Finding[]> {
  const broken = await session.rows(
    `SELECT n.file, n.code, count(*), min({'number': s.number, 'text': n.text, 'words': n.words}) FROM ${sql} s ` +
      `JOIN ${namesTable} n ON s.file = n.file AND s.value = n.text WHERE n.code IS NOT NULL GROUP BY n.file, n.code ORDER BY n.file, n.code`,
  );
  const findings: Finding[] = [];
  for (const [file, code, counted, least] of broken) {
    const first = least as { number: number; text: string; words: string };
    const count = Number(counted);
    const text = column.sensitive ? "its value" : quoted(first.text);
    // The advice may name a file.
    const words = column.sensitive ? first.words.replace(/; there is ".*$/, "") : first.words;
    const more = count === 1 ? "" : `; ${count} rows have such a path`;
    findings.push(
      await placed(heads, column, {
        code: code as NamingProblem["code"],
        file: Number(file),
        row: first.number,
        count,
        examples: column.sensitive ? [] : [quoted(first.text)],
        words: (where) => `${where}: ${text} ${words}${more}.`,
      }),
    );
  }
  return findings;
}

/** A text that was not there when the names were read: the data file has been written meanwhile. @throws SourceVanishedError */
async function refuseUnknown(session: Session, { heads, sql }: NumberedValues): Promise<void> {
  const [row] = await session.rows(
    `SELECT min(s.file) FROM ${sql} s ANTI JOIN ${namesTable} n ON s.file = n.file AND s.value = n.text WHERE s.value IS NOT NULL`,
  );
  const file = row![0] ?? null;
  if (file !== null) throw new SourceVanishedError(heads[Number(file)]!.path);
}

async function filesWithoutBytes(session: Session, { heads, column, sql }: NumberedValues): Promise<Finding[]> {
  const empty = await session.rows(
    `SELECT file, count(*), min(number) FROM ${sql} WHERE ${namedPart("value", "bytes")} = '0' GROUP BY file ORDER BY file`,
  );
  const findings: Finding[] = [];
  for (const [file, counted, row] of empty) {
    const count = Number(counted);
    const files = count === 1 ? "the file is empty" : `${count} rows name empty files, this one first`;
    const words = (where: string) => `${where}: ${files}.`;
    const place = { file: Number(file), row: Number(row), count, examples: [] };
    findings.push(await placed(heads, column, { code: "file-without-bytes", ...place, words }));
  }
  return findings;
}

/** A file that very many rows have. */
async function filesAlike(session: Session, { heads, column, sql }: NumberedValues): Promise<Finding[]> {
  const content = namedPart("value", "content");
  const [most] = await session.rows(
    `SELECT count(*) AS n, sum(count(*)) OVER (), min({'file': file, 'number': number}) AS first FROM ${sql} ` +
      `WHERE value IS NOT NULL AND ${namedPart("value", "bytes")} <> '0' GROUP BY ${content} ORDER BY n DESC, first LIMIT 1`,
  );
  const [count, rows] = [Number(most?.[0] ?? 0), Number(most?.[1] ?? 0)];
  if (count < leastAlike || count <= mostAlike * rows) return [];
  const first = most![2] as unknown as { file: number; number: number };
  const place = { file: first.file, row: first.number, count, examples: [] };
  const words = (where: string) => `${where}: ${count} of ${rows} rows have the same file as this one, byte for byte.`;
  return [await placed(heads, column, { code: "files-alike", ...place, words })];
}

/** Rows of a column: `file`, `number` in it from 1, and `value`. */
interface NumberedValues {
  readonly heads: readonly FileHead[];
  readonly column: TypedColumn;
  readonly sql: string;
}

interface OddRow extends Pick<Finding, "count" | "examples"> {
  readonly code: NamingProblem["code"] | "file-without-bytes" | "files-alike";
  /** Its number among the heads. */
  readonly file: number;
  readonly row: number;
  words(where: string): string;
}

async function placed(
  heads: readonly FileHead[],
  { name }: TypedColumn,
  { code, file, row, count, examples, words }: OddRow,
): Promise<Finding> {
  const head = heads[file]!;
  const line = (await linesOfRows(head, [row])).get(row);
  const place = {
    file: head.path,
    column: name,
    ...(line !== undefined && { line }),
    ...(count !== undefined && { count }),
  };
  const where = `Column ${quoted(name)} of ${quoted(head.path)}, ${lineWords(line, row)}`;
  return finding(code, { ...place, ...(examples !== undefined && { examples }) }, words(where));
}
