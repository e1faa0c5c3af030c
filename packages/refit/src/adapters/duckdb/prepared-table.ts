import { ColumnMissingError } from "@refit/core/errors";
import type { ColumnInfo } from "@refit/core/data";
import type { PreparedTable, RepeatedKeys } from "../../ports/tables.ts";
import { columnReader, readNumbers } from "./column-reader.ts";
import { numbersSql } from "./number-sql.ts";
import { futureReads, type HowMade } from "./future-reads.ts";
import { rowValues } from "./row-values.ts";
import { rowColumn } from "./load.ts";
import type { Session } from "./session.ts";
import { identifier, literal } from "./sql-text.ts";
import { vectorItems } from "./vector-items.ts";

/** Prepared rows that lie in a table in their final order. */
export async function preparedTable(
  session: Session,
  prepared: {
    readonly dataset: string;
    readonly table: string;
    readonly columns: readonly ColumnInfo[];
    readonly key: readonly ColumnInfo[];
    readonly repeatedKeys: RepeatedKeys | null;
    readonly targetInputs: readonly string[];
    readonly hideValues: boolean;
    /** `null`: no time says what was known when. */
    readonly made: HowMade | null;
  },
): Promise<PreparedTable> {
  const { table, columns } = prepared;
  const [counted] = await session.rows(`SELECT count(*) FROM ${table}`);
  const rows = Number(counted![0]);
  let valued = 0;
  const read = columnReader(session, { table, columns, rows });
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
    rowValues(expressions, answered) {
      valued++;
      return rowValues(session, { ...prepared, answers: `${table}_answers_${valued}` }, expressions, answered);
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
