import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { ColumnInfo } from "@refit/core/data";
import { ColumnMissingError, PrepareInvalidError, quoted } from "@refit/core/errors";
import type { Column } from "@refit/core/runtime";
import { contentName } from "@refit/core/spec";
import type { PreparedTable, RepeatedKeys } from "../../ports/tables.ts";
import { columnReader, readNumbers } from "./column-reader.ts";
import { numbersSql } from "./number-sql.ts";
import { futureReads, type HowMade } from "./future-reads.ts";
import { rowValues } from "./row-values.ts";
import { isRowWise } from "./row-wise.ts";
import { rowColumn } from "./load.ts";
import type { NamedByPath } from "./name-files.ts";
import type { Session } from "./session.ts";
import { identifier, literal } from "./sql-text.ts";
import { vectorItems } from "./vector-items.ts";

/** Where prepared rows lie, and how they were made. */
interface RowsInTable {
  readonly dataset: string;
  readonly table: string;
  /** Where files may be written. */
  readonly folder: string;
  readonly columns: readonly ColumnInfo[];
  readonly byPath: NamedByPath;
  readonly key: readonly ColumnInfo[];
  readonly repeatedKeys: RepeatedKeys | null;
  readonly targetInputs: readonly string[];
  readonly hideValues: boolean;
  /** `null`: no time says what was known when. */
  readonly made: HowMade | null;
  /** The statement that carries the digests of source rows; `null`: the result is not made of them. */
  readonly carried: string | null;
  /** Whether nothing was prepared: they are the rows of the source. */
  readonly isSource: boolean;
}

/** Prepared rows that lie in a table in their final order. */
export async function preparedTable(session: Session, prepared: RowsInTable): Promise<PreparedTable> {
  const { table, columns } = prepared;
  const [counted] = await session.rows(`SELECT count(*) FROM ${table}`);
  const rows = Number(counted![0]);
  let valued = 0;
  const read = withFiles(columnReader(session, { table, columns, rows }), prepared);
  return {
    rows,
    columns,
    targetInputs: prepared.targetInputs,
    repeatedKeys: prepared.repeatedKeys,
    async column(name) {
      const info = columns.find((column) => column.name === name);
      if (info === undefined)
        throw new ColumnMissingError(
          "column",
          name,
          columns.map((column) => column.name),
        );
      return read(name);
    },
    async positions() {
      const identity = prepared.key.length > 0 ? keySql(prepared.key) : `lpad(lower(to_hex(${rowColumn})), 16, '0')`;
      const hash = `left(sha256(${literal(`${prepared.dataset}\n`)} || ${identity}), 13)`;
      const sql = numbersSql([`CAST('0x' || ${hash} AS BIGINT)::DOUBLE / 4503599627370496`], table);
      const [positions] = await readNumbers(session, { sql, rows, columns: 1 });
      return positions!;
    },
    async rowDigests() {
      const digests = new BigUint64Array(rows);
      let next = 0;
      await session.eachChunk(`SELECT ${rowColumn} FROM ${table}`, (chunk) => {
        digests.set(vectorItems(chunk.getColumnVector(0), BigUint64Array), next);
        next += chunk.rowCount;
      });
      return digests;
    },
    findOut: (_key, find) => find(),
    futureReads(names, thorough) {
      const features = columns.filter(({ name }) => names.includes(name));
      return futureReads(session, { table, features, made: prepared.made }, thorough);
    },
    async isRowWise(names) {
      const { carried: statement, isSource } = prepared;
      if (isSource || statement === null) return isSource;
      const compared = columns.filter(({ name }) => names.includes(name));
      return session.withinTime(() => isRowWise(session, { statement, table, columns: compared }));
    },
    rowValues(expressions, answered) {
      valued++;
      return rowValues(session, { ...prepared, answers: `${table}_answers_${valued}` }, expressions, answered);
    },
    write: (names) => writeColumns(session, prepared, names),
  };
}

/** @returns the Parquet file with these columns */
async function writeColumns(
  session: Session,
  { folder, table }: Pick<RowsInTable, "folder" | "table">,
  names: readonly string[],
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${table}.parquet`);
  await session.run(
    `COPY (SELECT ${names.map(identifier).join(", ")} FROM ${table}) TO ${literal(file)} (FORMAT parquet)`,
  );
  return file;
}

/** Names by content in the place of paths. @throws PrepareInvalidError for a text that is not one of the paths of that column. */
function withFiles(
  read: (name: string) => Promise<Column>,
  { columns, byPath, hideValues }: Pick<RowsInTable, "columns" | "byPath" | "hideValues">,
): (name: string) => Promise<Column> {
  const names = new Set(columns.flatMap(({ name, type }) => (type === "file" ? [name] : [])));
  return async (name) => {
    const column = await read(name);
    if (!names.has(name) || column.type !== "string") return column;
    const files = byPath.get(name)!;
    const contents = column.dictionary.map((text) => {
      const file = files.get(text);
      if (file !== undefined) return { name: contentName(file.sha256, file.path), file };
      const what = hideValues ? "a text" : quoted(text);
      const problem = `the column ${quoted(name)} of the result has ${what}, which is not a path that the source has there`;
      throw new PrepareInvalidError(
        problem,
        null,
        "Hand the column on as it is, or give what you make of it another name.",
      );
    });
    const byName = new Map(contents.map((each) => [each.name, each.file]));
    const dictionary = [...byName.keys()];
    const places = new Map(dictionary.map((each, i) => [each, i]));
    const codes = column.codes.map((code) => (code < 0 ? code : places.get(contents[code]!.name)!));
    return { kind: "text", name, type: "file", dictionary, codes, bring: (content) => byName.get(content)!.bring() };
  };
}

/** SQL for the canonical text of a key: each part with its length before it; a whole number has no decimal point. */
function keySql(key: readonly ColumnInfo[]): string {
  const parts = key.map(({ name, type }) => {
    const value = identifier(name);
    const whole = `CASE WHEN ${value} = floor(${value}) AND abs(${value}) < 1e15 THEN ${value}::BIGINT::VARCHAR ELSE ${value}::VARCHAR END`;
    const text = type === "number" ? whole : `${value}::VARCHAR`;
    return `coalesce(strlen(${text}) || ':' || ${text}, '-')`;
  });
  return parts.join(" || ' ' || ");
}
