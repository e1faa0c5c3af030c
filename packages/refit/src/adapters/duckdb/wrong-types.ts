import { finding, type Finding } from "@refit/core/data";
import { quoted } from "@refit/core/errors";

import { castSql, readsAsSql } from "./column-types.ts";
import type { FileHead } from "./file-head.ts";
import { fileParts, rowsSql, textSql, type SourceTexts } from "./file-rows.ts";
import { lineWords, linesOfRows } from "./row-lines.ts";
import type { Session } from "./session.ts";
import { alike, columnsAtOnce, inParts } from "./sql-text.ts";
import type { TypedColumn } from "./typed-column.ts";
import { areBelow } from "./wide-texts.ts";

/** A column and one way in which a text of it cannot be used. */
export interface TextTest {
  readonly column: TypedColumn;
  readonly code: "wrong-type" | "non-finite";
}

/** Names of columns whose texts pass a test. */
interface Settled {
  /** All can be read as the column's type, since it was found so. */
  readonly readable: ReadonlySet<string>;
  readonly finite: ReadonlySet<string>;
}

/** A test that texts of a file do not pass. */
interface Failure extends TextTest {
  readonly count: number;
  readonly examples: readonly { readonly row: number; readonly text: string }[];
}

/**
 * Texts that cannot be read as their column's type: one finding per file and column, with the first examples.
 *
 * @param settled what is known already and need not be looked for.
 */
export async function wrongTypes(
  session: Session,
  texts: SourceTexts,
  columns: readonly TypedColumn[],
  settled: Settled,
): Promise<Finding[]> {
  const { heads, rows } = texts;
  const tests = columns.flatMap((column) => testsOf(column, settled));
  const counted = areBelow(rows, tests.length)
    ? await countBelow(session, heads, tests)
    : await countBeside(session, heads, tests);
  const failures = heads.map((): Failure[] => []);
  for (const [file, of] of failures.entries()) {
    for (const test of tests) {
      const count = counted.get(test)?.get(file) ?? 0;
      if (count > 0) of.push({ ...test, count, examples: await firstExamples(session, texts, file, test) });
    }
  }
  const findings: Finding[] = [];
  for (const [file, head] of heads.entries()) findings.push(...(await findingsOf(head, failures[file]!)));
  return findings;
}

/** How many texts do not pass, by test and number of the file. */
type FailureCounts = ReadonlyMap<TextTest, ReadonlyMap<number, number>>;

async function countBeside(
  session: Session,
  heads: readonly FileHead[],
  tests: readonly TextTest[],
): Promise<FailureCounts> {
  const counted = new Map(tests.map((test) => [test, new Map<number, number>()]));
  for (const part of inParts(tests, columnsAtOnce)) {
    const tested = part.map(({ column }) => column);
    const counts = part.map((test, i) => `count(*) FILTER (WHERE ${failsSql(test, `raw${i}`)})`);
    for (const files of fileParts(heads)) {
      const rows = await session.rows(
        `SELECT file, ${counts.join(", ")} FROM ${rowsSql(files, tested)} GROUP BY file ORDER BY file`,
      );
      for (const [file, ...failed] of rows) {
        for (const [i, test] of part.entries()) counted.get(test)!.set(Number(file), Number(failed[i]));
      }
    }
  }
  return counted;
}

/** The same with the texts of columns that are tested alike below one another, so that the test is planned once. */
async function countBelow(
  session: Session,
  heads: readonly FileHead[],
  tests: readonly TextTest[],
): Promise<FailureCounts> {
  const counted = new Map(tests.map((test) => [test, new Map<number, number>()]));
  for (const [fails, same] of alike(tests, (test) => failsSql(test, "raw"))) {
    for (const part of inParts(same, columnsAtOnce)) {
      const raws = part.map((_, i) => `raw${i}`);
      const tested = part.map(({ column }) => column);
      for (const files of fileParts(heads)) {
        const below = `SELECT file, unnest([${raws.join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM ${rowsSql(files, tested)}`;
        const rows = await session.rows(`SELECT file, i, count(*) FROM (${below}) WHERE ${fails} GROUP BY file, i`);
        for (const [file, i, count] of rows) counted.get(part[Number(i)]!)!.set(Number(file), Number(count));
      }
    }
  }
  return counted;
}

/** The ways in which texts of a column may fail. */
export function testsOf(column: TypedColumn, { readable, finite }: Settled): TextTest[] {
  const { name, type } = column;
  const tests: TextTest[] = [];
  if (type !== "string" && !readable.has(name)) tests.push({ column, code: "wrong-type" });
  if (type === "number" && !finite.has(name)) tests.push({ column, code: "non-finite" });
  return tests;
}

/** SQL condition of a text that does not pass. */
export function failsSql({ column, code }: TextTest, raw: string): string {
  const { type, field, missingValues } = column;
  const text = textSql(raw, missingValues);
  return code === "non-finite"
    ? `NOT isfinite(${castSql(text, "number", field)})`
    : `${text} IS NOT NULL AND NOT ${readsAsSql(text, type, field)}`;
}

async function firstExamples(
  session: Session,
  { heads }: SourceTexts,
  file: number,
  test: TextTest,
): Promise<Failure["examples"]> {
  const rows = await session.rows(
    `SELECT number, raw0 FROM ${rowsSql([[file, heads[file]!]], [test.column])} ` +
      `WHERE ${failsSql(test, "raw0")} ORDER BY number LIMIT 3`,
  );
  return rows.map(([number, text]) => ({ row: Number(number), text: String(text) }));
}

async function findingsOf(head: FileHead, failures: readonly Failure[]): Promise<Finding[]> {
  const rows = failures.flatMap(({ examples }) => examples.map(({ row }) => row));
  const lines = await linesOfRows(head, rows);
  return failures.map(({ column, code, count, examples }) => {
    const { row } = examples[0]!;
    const line = lines.get(row);
    const texts = column.sensitive ? [] : examples.map(({ text }) => quoted(text));
    const shown = texts.length === 0 ? "" : ` (${texts.join(", ")})`;
    const values = count === 1 ? "1 value" : `${count} values`;
    return finding(
      code,
      { file: head.path, column: column.name, count, examples: texts, ...(line !== undefined && { line }) },
      `Column ${quoted(column.name)} of ${quoted(head.path)}: ${values} ${wrongWords(column, code)}${shown}, first in ${lineWords(line, row)}.${widerWords(column, examples)}`,
    );
  });
}

/** What is wrong with it, as a clause. */
export function wrongWords({ type, field }: TypedColumn, code: TextTest["code"]): string {
  if (code === "non-finite") return "cannot be read as a finite number";
  const { format, decimalChar, groupChar, unit } = field ?? {};
  const form = Object.entries({ format, decimalChar, groupChar, unit }).flatMap(([key, value]) =>
    value === undefined ? [] : [`the ${key} ${quoted(value)}`],
  );
  return `cannot be read as ${type}${form.length === 0 ? "" : ` with ${form.join(" and ")}`}`;
}

/** What to write where whole numbers have become decimal ones. */
function widerWords({ name, type, field }: TypedColumn, examples: Failure["examples"]): string {
  if (type !== "integer" || !examples.every(({ text }) => /^\s*[+-]?\d*[.,]\d+\s*$/.test(text))) return "";
  const where = field === null ? "The live version knows whole numbers there. " : "";
  return ` ${where}If fractions are right, declare it in the data manifest: \`{ name: ${JSON.stringify(name)}, type: number }\`.`;
}
