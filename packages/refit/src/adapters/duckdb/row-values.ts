import { DataLimitError, MetricInvalidError, MetricValueError } from "@refit/core/errors";
import type { ColumnInfo } from "@refit/core/data";
import type { AnsweredRows, RowExpression } from "../../ports/tables.ts";
import { readNumbers } from "./column-reader.ts";
import { numbersSql } from "./number-sql.ts";
import { columnTypeOf, storedAs } from "./column-types.ts";
import { refusalWords } from "./prepare-refused.ts";
import { answerWords, checkExpression, up } from "./row-expression.ts";
import type { Session } from "./session.ts";
import { identifier, literal } from "./sql-text.ts";

/** The table that expressions are computed over. */
export interface ValuedTable {
  readonly table: string;
  /** Name of a table that does not exist yet. */
  readonly answers: string;
  readonly columns: readonly ColumnInfo[];
  /** Whether a message may quote no value. */
  readonly hideValues: boolean;
}

/** Lays a model's answers beside its rows, and computes the expressions there, each within the limits. */
export async function rowValues(
  session: Session,
  valued: ValuedTable,
  expressions: readonly RowExpression[],
  answered: AnsweredRows,
): Promise<Float64Array[]> {
  const { rows } = answered;
  const { answers } = valued;
  await session.run(
    `CREATE TEMP TABLE ${answers} (place INTEGER, position INTEGER, answer DOUBLE, probability DOUBLE)`,
  );
  try {
    const probabilities = answered.probabilities ?? new Float64Array(rows.length);
    await session.append(answers, [Uint32Array.from(rows.keys()), rows, answered.answers, probabilities]);
    const values: Float64Array[] = [];
    for (const expression of expressions) {
      values.push(await session.withinTime(() => compute(session, valued, expression, answered)));
    }
    return values;
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${answers}`);
  }
}

async function compute(
  session: Session,
  valued: ValuedTable,
  expression: RowExpression,
  answered: AnsweredRows,
): Promise<Float64Array> {
  const { metric, sql } = expression;
  const { columns, hideValues } = valued;
  const { target, rows } = answered;
  const names = columns.map(({ name }) => name);
  const words = { columns: names, target, hasProbability: answered.probabilities !== null };
  const read = await checkExpression(session, expression, words);
  const beside = `(${besideSql(valued, read, answered)})`;
  const refused = (error: unknown, text: string): never => {
    if (error instanceof DataLimitError) throw error;
    const { words: problem, at } = refusalWords(error, text, hideValues);
    throw new MetricInvalidError(metric, problem, at && up(at), { cause: error });
  };
  const asked = `SELECT (\n${sql}\n) FROM ${beside}`;
  const [result] = await session.describe(asked).catch((error: unknown) => refused(error, asked));
  const type = columnTypeOf(result!.type);
  if (type !== "number" && type !== "integer" && type !== "boolean") {
    throw new MetricInvalidError(metric, `gives a ${result!.type}, and a number is expected`);
  }
  const text = numbersSql([`CAST((\n${sql}\n) AS DOUBLE)`], `${beside} ORDER BY __refit_place`);
  const computed = await readNumbers(session, { sql: text, rows: rows.length, columns: 1 }).catch((error: unknown) =>
    refused(error, text),
  );
  return finite(metric, computed[0]!, rows);
}

/** The rows with what the expression reads of them, and the answers, in the target's own words. */
function besideSql(
  { table, columns, answers }: ValuedTable,
  read: ReadonlySet<string>,
  { target, classes }: AnsweredRows,
): string {
  const own = columns.filter(({ name }) => read.has(name.toLowerCase()) && !isAnswerWord(name));
  const predicted = columns.find(({ name }) => name === target)!;
  const typed = classes === null ? "a.answer" : classSql(classes, predicted.type);
  const selected = [
    ...own.map(({ name }) => `t.${identifier(name)}`),
    `t.${identifier(target)} AS label`,
    `${typed} AS answer`,
    "a.probability AS probability",
    "a.place AS __refit_place",
  ];
  return `SELECT ${selected.join(", ")} FROM ${answers} a JOIN ${table} t ON t.rowid = a.position`;
}

function isAnswerWord(name: string): boolean {
  return (answerWords as readonly string[]).includes(name.toLowerCase());
}

/** The value of the class that is answered, of the target's type. */
function classSql(classes: readonly (string | number | boolean)[], type: ColumnInfo["type"]): string {
  const values = classes.map((value) => `CAST(${literal(String(value))} AS ${storedAs[type]})`);
  return `[${values.join(", ")}][CAST(a.answer AS INTEGER) + 1]`;
}

function finite(metric: string, values: Float64Array, rows: Uint32Array): Float64Array {
  const bad = values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (bad === 0) return values;
  const first = values.findIndex((value) => !Number.isFinite(value));
  const value = Number.isNaN(values[first]) ? "NULL or NaN" : "infinity";
  throw new MetricValueError(metric, value, { row: rows[first]! + 1, bad, rows: rows.length });
}
