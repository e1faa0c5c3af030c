import { finding, type ColumnInfo, type Finding, type FindingCode } from "@refit/core/data";
import { quoted } from "@refit/core/errors";
import type { Field } from "@refit/core/spec";

import type { FileHead } from "./file-head.ts";
import type { TypedColumn } from "./typed-column.ts";
import { fileColumn, numberColumn, sourceTable } from "./load.ts";
import { lineWords, linesOfRows } from "./row-lines.ts";
import type { Session } from "./session.ts";
import { storedAs } from "./column-types.ts";
import { identifier, literal } from "./sql-text.ts";

/** One thing that must hold, as the SQL condition of a row that breaks it. */
interface ConstraintRule {
  readonly code: FindingCode;
  readonly column: TypedColumn;
  readonly breaks: string;
  /** What is wrong with the values, after "3 values are". */
  readonly words: string;
}

/** Declared constraints that the rows break: one finding per rule and file, with count, first line and example. */
export async function checkConstraints(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly TypedColumn[],
  primaryKey: readonly string[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const rules: ConstraintRule[] = [];
  for (const rule of columns.flatMap((column) => rulesOf(column, primaryKey))) {
    const problem = rule.code === "pattern" ? await patternProblem(session, rule) : null;
    if (problem === null) rules.push(rule);
    else findings.push(problem);
  }
  for (const breach of await findBreaches(session, rules)) findings.push(await breachFinding(session, heads, breach));
  for (const group of uniqueGroups(columns, primaryKey)) {
    const found = await repeated(session, heads, group);
    if (found !== null) findings.push(found);
  }
  return findings;
}

/** Rows of one file that break one rule. */
interface Breach {
  /** Index of the file among the heads. */
  readonly file: number;
  readonly rule: ConstraintRule;
  readonly count: number;
}

async function findBreaches(session: Session, rules: readonly ConstraintRule[]): Promise<Breach[]> {
  if (rules.length === 0) return [];
  const counts = rules.map(({ breaks }) => `count(*) FILTER (WHERE ${breaks})`);
  const perFile = await session.rows(
    `SELECT ${fileColumn}, ${counts.join(", ")} FROM ${sourceTable} GROUP BY ${fileColumn} ORDER BY ${fileColumn}`,
  );
  return perFile
    .flatMap(([file, ...broken]) => rules.map((rule, i) => ({ file: Number(file), rule, count: Number(broken[i]) })))
    .filter(({ count }) => count > 0);
}

/** Columns whose values together occur once: each that is declared unique, and the primary key. */
function uniqueGroups(columns: readonly TypedColumn[], primaryKey: readonly string[]): TypedColumn[][] {
  const unique = columns.filter(({ field }) => field?.constraints?.unique === true).map((column) => [column]);
  const keyed = primaryKey.flatMap((name) => columns.filter((column) => column.name === name));
  return keyed.length > 0 ? [...unique, keyed] : unique;
}

function rulesOf(column: TypedColumn, primaryKey: readonly string[]): ConstraintRule[] {
  const { required, minimum, maximum, pattern, enum: allowed } = column.field?.constraints ?? {};
  const value = identifier(column.name);
  const rules: ConstraintRule[] = [];
  if (required === true || primaryKey.includes(column.name)) {
    rules.push({ code: "required", column, breaks: `${value} IS NULL`, words: "missing" });
  }
  if (minimum !== undefined) {
    rules.push({
      code: "out-of-range",
      column,
      breaks: `${value} < ${bound(column, minimum)}`,
      words: `below ${minimum}`,
    });
  }
  if (maximum !== undefined) {
    rules.push({
      code: "out-of-range",
      column,
      breaks: `${value} > ${bound(column, maximum)}`,
      words: `above ${maximum}`,
    });
  }
  if (allowed !== undefined) {
    const list = allowed.map((item) => bound(column, item)).join(", ");
    rules.push({
      code: "not-in-enum",
      column,
      breaks: `${value} NOT IN (${list})`,
      words: "not listed in `enum`",
    });
  }
  if (pattern !== undefined) {
    const breaks = `NOT regexp_full_match(${value}::VARCHAR, ${literal(pattern)})`;
    rules.push({ code: "pattern", column, breaks, words: `not of the form ${quoted(pattern)}` });
  }
  return rules;
}

/** DuckDB knows RE2's expressions, which have no look-around and no back-references. */
async function patternProblem(session: Session, { column, breaks, words }: ConstraintRule): Promise<Finding | null> {
  try {
    await session.rows(`SELECT ${breaks} FROM ${sourceTable} LIMIT 1`);
    return null;
  } catch {
    const message = `The declared pattern of column ${quoted(column.name)} cannot be used; values would be ${words}.`;
    return finding("pattern", { column: column.name }, message);
  }
}

/** A bound as a value of the column's type; NULL, which breaks nothing, where it cannot be read as one (the manifest's check reports that). */
function bound({ type }: { type: ColumnInfo["type"] }, value: string | number | boolean): string {
  return `TRY_CAST(${literal(String(value))} AS ${type === "integer" ? "DOUBLE" : storedAs[type]})`;
}

async function breachFinding(
  session: Session,
  heads: readonly FileHead[],
  { file, rule, count }: Breach,
): Promise<Finding> {
  const head = heads[file]!;
  const { name, sensitive } = rule.column;
  const [example] = await session.rows(
    `SELECT ${numberColumn}, ${identifier(name)}::VARCHAR FROM ${sourceTable} ` +
      `WHERE ${fileColumn} = ${file} AND ${rule.breaks} ORDER BY ${numberColumn} LIMIT 1`,
  );
  const row = Number(example![0]);
  const line = (await linesOfRows(head, [row])).get(row);
  const examples = sensitive || rule.code === "required" ? [] : [quoted(String(example![1]))];
  const values = count === 1 ? "1 value is" : `${count} values are`;
  return finding(
    rule.code,
    { file: head.path, column: name, count, examples, ...(line !== undefined && { line }) },
    `Column ${quoted(name)} of ${quoted(head.path)}: ${values} ${rule.words}, first in ${lineWords(line, row)}${inBrackets(examples)}.`,
  );
}

function inBrackets(examples: readonly string[]): string {
  return examples.length === 0 ? "" : ` (${examples.join(", ")})`;
}

/** Values that occur twice over all files; missing ones do not count as equal. */
async function repeated(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly TypedColumn[],
): Promise<Finding | null> {
  const names = columns.map(({ name }) => identifier(name));
  const present = names.map((name) => `${name} IS NOT NULL`).join(" AND ");
  const numbered =
    `SELECT ${fileColumn}, ${numberColumn}, row_number() OVER (PARTITION BY ${names.join(", ")} ` +
    `ORDER BY ${fileColumn}, ${numberColumn}) AS nth FROM ${sourceTable} WHERE ${present}`;
  const [row] = await session.rows(
    `SELECT count(*), min({'file': ${fileColumn}, 'number': ${numberColumn}}) FROM (${numbered}) WHERE nth > 1`,
  );
  const count = Number(row![0]);
  if (count === 0) return null;
  const first = row![1] as { file: number; number: number };
  const head = heads[first.file]!;
  const line = (await linesOfRows(head, [first.number])).get(first.number);
  const what = columns.map(({ name }: { name: Field["name"] }) => quoted(name)).join(", ");
  const rows = count === 1 ? "1 row repeats" : `${count} rows repeat`;
  return finding(
    "not-unique",
    {
      file: head.path,
      column: columns.length === 1 ? columns[0]!.name : null,
      count,
      ...(line !== undefined && { line }),
    },
    `${rows} an earlier value of ${what}, first in ${quoted(head.path)}, ${lineWords(line, first.number)}.`,
  );
}
