import { finding, quoted, type ColumnInfo, type Finding } from "@refit/core";

import { inferable, readsAsSql, suggestsSql, type InferableType } from "./column-types.ts";
import type { FileHead } from "./file-head.ts";
import type { PlannedColumn } from "./layout.ts";
import { lineWords, linesOfRows } from "./row-lines.ts";
import type { Session } from "./session.ts";
import { literals } from "./sql-text.ts";

/** A column with its type settled. */
export interface TypedColumn extends PlannedColumn {
  readonly type: ColumnInfo["type"];
}

/** SQL for a column's text in one file: NULL for `missingValues` and where the file does not have it. */
export function textSql(column: PlannedColumn, file: number, missingValues: readonly string[]): string {
  const position = column.positions[file]!;
  if (position < 0) return "NULL::VARCHAR";
  return missingValues.length === 0
    ? `c${position}`
    : `CASE WHEN c${position} NOT IN (${literals(missingValues)}) THEN c${position} END`;
}

/** Rows that decide which types are worth counting over all rows. */
const sampleRows = 1000;

/**
 * Settles the types of undeclared columns from all rows, and checks that all texts of the others can be read.. The
 * files must have been read once (`checkRows`).
 */
export async function findTypes(
  session: Session,
  heads: readonly FileHead[],
  columns: readonly PlannedColumn[],
  missingValues: readonly string[],
): Promise<{ columns: TypedColumn[]; findings: Finding[] }> {
  const open = columns.filter(({ type }) => type === null);
  const sampled = await fittingTypes(
    session,
    heads,
    new Map(open.map((column) => [column, inferable])),
    missingValues,
    sampleRows,
  );
  const fitting = await fittingTypes(session, heads, sampled, missingValues, null);
  const typed = columns.map((column) => ({ ...column, type: column.type ?? fitting.get(column)?.[0] ?? "string" }));

  const findings: Finding[] = [];
  for (const file of heads.keys()) {
    findings.push(...(await wrongTypes(session, heads[file]!, file, typed, missingValues)));
  }
  return { columns: typed, findings };
}

/** Of the types in question, those that every text of the column speaks for; none for a column without texts. */
async function fittingTypes(
  session: Session,
  heads: readonly FileHead[],
  candidates: ReadonlyMap<PlannedColumn, readonly InferableType[]>,
  missingValues: readonly string[],
  limit: number | null,
): Promise<Map<PlannedColumn, readonly InferableType[]>> {
  const texts = new Map([...candidates.keys()].map((column) => [column, 0]));
  const fits = new Map([...candidates].map(([column, types]) => [column, types.map(() => 0)]));
  for (const [file, head] of heads.entries()) {
    const here = [...candidates].filter(([column, types]) => types.length > 0 && column.positions[file]! >= 0);
    if (here.length === 0) continue;
    const counts = here.flatMap(([, types], i) => [
      `count(v${i})`,
      ...types.map((type) => `count(*) FILTER (WHERE v${i} IS NOT NULL AND ${suggestsSql(`v${i}`, type)})`),
    ]);
    const values = here.map(([column], i) => `${textSql(column, file, missingValues)} AS v${i}`);
    const source = `(SELECT ${values.join(", ")} FROM ${head.relation}${limit === null ? "" : ` LIMIT ${limit}`})`;
    const [row] = await session.rows(`SELECT ${counts.join(", ")} FROM ${source}`);
    let next = 0;
    for (const [column, types] of here) {
      texts.set(column, texts.get(column)! + Number(row![next++]));
      for (const i of types.keys()) fits.get(column)![i]! += Number(row![next++]);
    }
  }
  return new Map(
    [...candidates].map(([column, types]) => {
      const all = texts.get(column)!;
      const unseen = all === 0 && limit !== null;
      return [column, types.filter((_, i) => unseen || (all > 0 && fits.get(column)![i] === all))];
    }),
  );
}

/** Texts of one file that cannot be read as their column's type: one finding per column, with the first examples. */
async function wrongTypes(
  session: Session,
  head: FileHead,
  file: number,
  columns: readonly TypedColumn[],
  missingValues: readonly string[],
): Promise<Finding[]> {
  const here = columns.filter((column) => column.type !== "string" && column.positions[file]! >= 0);
  if (here.length === 0) return [];
  const values = here.map((column, i) => `${textSql(column, file, missingValues)} AS v${i}`);
  const wrong = here.map(
    ({ type, field }, i) => `v${i} IS NOT NULL AND NOT ${readsAsSql(`v${i}`, type, field?.format)}`,
  );
  const infinite = here.map(({ type }, i) => (type === "number" ? `NOT isfinite(TRY_CAST(v${i} AS DOUBLE))` : "false"));
  const counts = here.flatMap((_, i) => [
    `count(*) FILTER (WHERE ${wrong[i]})`,
    `count(*) FILTER (WHERE ${infinite[i]})`,
  ]);
  const [row] = await session.rows(
    `SELECT ${counts.join(", ")} FROM (SELECT ${values.join(", ")} FROM ${head.relation})`,
  );

  const problems = here.flatMap((column, i) => [
    { column, code: "wrong-type" as const, count: Number(row![2 * i]), where: wrong[i]!, value: `v${i}` },
    { column, code: "non-finite" as const, count: Number(row![2 * i + 1]), where: infinite[i]!, value: `v${i}` },
  ]);
  const found = [];
  for (const problem of problems.filter(({ count }) => count > 0)) {
    const numbered = `(SELECT row_number() OVER () AS number, ${values.join(", ")} FROM ${head.relation})`;
    const examples = await session.rows(
      `SELECT number, ${problem.value} FROM ${numbered} WHERE ${problem.where} LIMIT 3`,
    );
    found.push({
      ...problem,
      rows: examples.map(([number]) => Number(number)),
      texts: examples.map(([, text]) => String(text)),
    });
  }
  const lines = await linesOfRows(
    head,
    found.flatMap(({ rows }) => rows),
  );
  return found.map(({ column, code, count, rows, texts }) => {
    const first = rows[0]!;
    const line = lines.get(first);
    const example = column.sensitive ? "" : ` (${texts.map(quoted).join(", ")})`;
    const what = code === "wrong-type" ? `no ${column.type}${formatWords(column)}` : "no finite number";
    const values = count === 1 ? "1 value is" : `${count} values are`;
    return finding(
      code,
      { file: head.path, column: column.name, ...(line !== undefined && { line }) },
      `Column ${quoted(column.name)} of ${quoted(head.path)}: ${values} ${what}${example}, first in ${lineWords(line, first)}.`,
    );
  });
}

function formatWords({ field }: TypedColumn): string {
  return field?.format === undefined ? "" : ` of the form ${quoted(field.format)}`;
}
