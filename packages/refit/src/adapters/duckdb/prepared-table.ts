import { ColumnMissingError } from "@refit/core/errors";
import type { Column } from "@refit/core/runtime";

import type { ColumnInfo } from "@refit/core/data";
import type { PreparedTable } from "../../ports/tables.ts";
import { rowColumn } from "./load.ts";
import { numberSql } from "./profile-files.ts";
import type { Session } from "./session.ts";
import { identifier, literal } from "./sql-text.ts";

/** Prepared rows that lie in a table in their final order. */
export async function preparedTable(
  session: Session,
  prepared: {
    readonly dataset: string;
    readonly table: string;
    readonly columns: readonly ColumnInfo[];
    readonly key: readonly ColumnInfo[];
    readonly targetInputs: readonly string[];
  },
): Promise<PreparedTable> {
  const { table, columns } = prepared;
  const [counted] = await session.rows(`SELECT count(*) FROM ${table}`);
  const rows = Number(counted![0]);
  return {
    rows,
    columns,
    targetInputs: prepared.targetInputs,
    async column(name) {
      const info = columns.find((column) => column.name === name);
      if (info === undefined)
        throw new ColumnMissingError(
          "column",
          name,
          columns.map((column) => column.name),
        );
      return info.type === "string" ? textColumn(session, table, name, rows) : numberColumn(session, table, info, rows);
    },
    async positions() {
      const identity = prepared.key.length > 0 ? keySql(prepared.key) : `lpad(lower(to_hex(${rowColumn})), 16, '0')`;
      const hash = `left(sha256(${literal(`${prepared.dataset}\n`)} || ${identity}), 13)`;
      return numbers(session, `SELECT CAST('0x' || ${hash} AS BIGINT)::DOUBLE / 4503599627370496 FROM ${table}`, rows);
    },
    async rowDigests() {
      const digests = new BigUint64Array(rows);
      let next = 0;
      await session.eachChunk(`SELECT ${rowColumn} FROM ${table}`, (chunk) => {
        const vector = chunk.getColumnVector(0);
        for (let i = 0; i < chunk.rowCount; i++) digests[next++] = vector.getItem(i) as bigint;
      });
      return digests;
    },
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

async function numberColumn(
  session: Session,
  table: string,
  { name, type }: ColumnInfo,
  rows: number,
): Promise<Column> {
  const values = await numbers(session, `SELECT ${numberSql(identifier(name), type)} FROM ${table}`, rows);
  return { kind: "number", name, type: type as Exclude<ColumnInfo["type"], "string">, values };
}

async function numbers(session: Session, sql: string, rows: number): Promise<Float64Array> {
  const values = new Float64Array(rows);
  let next = 0;
  await session.eachChunk(sql, (chunk) => {
    const vector = chunk.getColumnVector(0);
    for (let i = 0; i < chunk.rowCount; i++) values[next++] = (vector.getItem(i) as number | null) ?? Number.NaN;
  });
  return values;
}

async function textColumn(session: Session, table: string, name: string, rows: number): Promise<Column> {
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  let next = 0;
  await session.eachChunk(`SELECT ${identifier(name)} FROM ${table}`, (chunk) => {
    const vector = chunk.getColumnVector(0);
    for (let i = 0; i < chunk.rowCount; i++) {
      const text = vector.getItem(i) as string | null;
      codes[next++] = text === null ? -1 : codeOf(text, known, dictionary);
    }
  });
  return { kind: "text", name, type: "string", dictionary, codes };
}

function codeOf(text: string, known: Map<string, number>, dictionary: string[]): number {
  const code = known.get(text);
  if (code !== undefined) return code;
  known.set(text, dictionary.length);
  dictionary.push(text);
  return dictionary.length - 1;
}
