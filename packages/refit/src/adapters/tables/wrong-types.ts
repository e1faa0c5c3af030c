import { finding, quoted, type Finding } from "@refit/core";

import { readsAsSql } from "./column-types.ts";
import type { FileHead } from "./file-head.ts";
import { lineWords, linesOfRows } from "./row-lines.ts";
import type { Session } from "./session.ts";
import { inParts } from "./sql-text.ts";
import { textSql, type TypedColumn } from "./typed-column.ts";

/** A column of a file and the SQL condition of a text that cannot be used. */
interface Test {
  readonly column: TypedColumn;
  readonly code: "wrong-type" | "non-finite";
  readonly text: string;
  readonly fails: string;
}

/** Texts of one file that cannot be read as their column's type: one finding per column, with the first examples. */
export async function wrongTypes(
  session: Session,
  head: FileHead,
  file: number,
  columns: readonly TypedColumn[],
  missingValues: readonly string[],
): Promise<Finding[]> {
  const tests = columns
    .filter((column) => column.positions[file]! >= 0)
    .flatMap((column) => testsOf(column, textSql(column, file, missingValues)));
  const failures = [];
  for (const part of inParts(tests, 100)) {
    const counts = part.map(({ fails }) => `count(*) FILTER (WHERE ${fails})`);
    const [row] = await session.rows(`SELECT ${counts.join(", ")} FROM ${head.relation}`);
    for (const [i, test] of part.entries()) {
      const count = Number(row![i]);
      if (count > 0) failures.push({ ...test, count, examples: await firstExamples(session, head, test) });
    }
  }
  const rows = failures.flatMap(({ examples }) => examples.map(({ row }) => row));
  const lines = await linesOfRows(head, rows);
  return failures.map(({ column, code, count, examples }) => {
    const { row } = examples[0]!;
    const line = lines.get(row);
    const shown = column.sensitive ? "" : ` (${examples.map(({ text }) => quoted(text)).join(", ")})`;
    const values = count === 1 ? "1 value is" : `${count} values are`;
    return finding(
      code,
      { file: head.path, column: column.name, ...(line !== undefined && { line }) },
      `Column ${quoted(column.name)} of ${quoted(head.path)}: ${values} ${wrongWords(column, code)}${shown}, first in ${lineWords(line, row)}.`,
    );
  });
}

function testsOf(column: TypedColumn, text: string): Test[] {
  const { type, field } = column;
  if (type === "string") return [];
  const unreadable = `${text} IS NOT NULL AND NOT ${readsAsSql(text, type, field?.format)}`;
  const tests: Test[] = [{ column, code: "wrong-type", text, fails: unreadable }];
  if (type === "number")
    tests.push({ column, code: "non-finite", text, fails: `NOT isfinite(TRY_CAST(${text} AS DOUBLE))` });
  return tests;
}

async function firstExamples(
  session: Session,
  head: FileHead,
  { text, fails }: Test,
): Promise<{ row: number; text: string }[]> {
  const numbered = `(SELECT *, row_number() OVER () AS number FROM ${head.relation})`;
  const rows = await session.rows(`SELECT number, ${text} FROM ${numbered} WHERE ${fails} ORDER BY number LIMIT 3`);
  return rows.map(([number, found]) => ({ row: Number(number), text: String(found) }));
}

function wrongWords({ type, field }: TypedColumn, code: Test["code"]): string {
  if (code === "non-finite") return "no finite number";
  return field?.format === undefined ? `no ${type}` : `no ${type} of the form ${quoted(field.format)}`;
}
