import type { DuckDBDataChunk } from "@duckdb/node-api";
import { expectedRaw, type ColumnInfo, type RawColumn } from "@refit/core/data";
import { DataLimitError, type InputProblem } from "@refit/core/errors";
import type { Column } from "@refit/core/runtime";

import type { PreparedTexts } from "../../ports/row-preparers.ts";
import type { PlannedStatement } from "./planned-statement.ts";
import { refusalWords } from "./prepare-refused.ts";
import { manyRowsText } from "./request-rows-sql.ts";
import type { TypedColumn } from "./typed-column.ts";
import { vectorItems } from "./vector-items.ts";
import { wrongWords, type TextTest } from "./wrong-types.ts";

/** Statements that prepare the rows of a request. */
export interface PreparingPlan {
  /** With the column that each is for those who send rows. */
  readonly columns: readonly (TypedColumn & { readonly asRaw: RawColumn })[];
  /** As the result has them. */
  readonly wanted: readonly ColumnInfo[];
  /** `prepare`, as people have written it. */
  readonly sql: string;
  /** In the order of the flags of `unfit`. */
  readonly tests: readonly TextTest[];
  readonly one: PlannedStatement;
  readonly many: PlannedStatement;
  /** `null`: every text fits. */
  readonly unfit: PlannedStatement | null;
}

type Texts = readonly (readonly (string | null)[])[];
type Chunks = readonly DuckDBDataChunk[];
type TextsAttempt =
  | { readonly kind: "rows"; readonly chunks: Chunks }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "late" };

const mostProblems = 20;

/**
 * Prepares rows. What does not fit a column is looked for only where the statement fails, which it does then, or leaves rows out, which might
 * be such rows.
 */
export async function prepareTexts(plan: PreparingPlan, texts: Texts, until: number): Promise<PreparedTexts> {
  const rows = texts[0]?.length ?? 0;
  if (rows === 0) return { kind: "prepared", places: [], columns: plan.wanted.map((column) => emptyColumn(column)) };
  const attempt = await attempted(plan, texts, until);
  if (attempt.kind === "late") return attempt;
  const places = attempt.kind === "rows" ? placesOf(attempt.chunks) : null;
  if (places === null || places.length < rows) {
    const unfit = await unfitTexts(plan, texts, until);
    if (unfit !== null) return unfit;
  }
  if (attempt.kind === "failed") return failedRow(plan, { texts, until, rows, error: attempt.error });
  return preparedRows(plan, attempt.chunks, places!);
}

async function attempted({ one, many }: PreparingPlan, texts: Texts, until: number): Promise<TextsAttempt> {
  try {
    const rows = texts[0]!.length;
    const chunks =
      rows === 1
        ? await one.run(
            texts.map(([text]) => text!),
            until,
          )
        : await many.run([manyRowsText(texts)], until);
    return chunks === null ? { kind: "late" } : { kind: "rows", chunks };
  } catch (error) {
    if (error instanceof DataLimitError) throw error;
    return { kind: "failed", error };
  }
}

const placesOf = (chunks: Chunks) => numbersOf(chunks, 0);

function numbersOf(chunks: Chunks, column: number): Float64Array {
  const rows = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const values = new Float64Array(rows);
  let first = 0;
  for (const chunk of chunks) {
    values.set(vectorItems(chunk.getColumnVector(column), Float64Array).subarray(0, chunk.rowCount), first);
    first += chunk.rowCount;
  }
  return values;
}

function itemsOf(chunks: Chunks, column: number): unknown[] {
  return chunks.flatMap((chunk) => {
    const vector = chunk.getColumnVector(column);
    return Array.from({ length: chunk.rowCount }, (_, i) => vector.getItem(i) as unknown);
  });
}

function preparedRows({ wanted }: PreparingPlan, chunks: Chunks, found: Float64Array): PreparedTexts {
  const order = [...found.keys()].sort((a, b) => found[a]! - found[b]!);
  const places = order.map((i) => found[i]!);
  const twice = places.find((place, i) => i > 0 && place === places[i - 1]);
  if (twice !== undefined) return unfitRow(twice, "one row of the result", "several rows");
  const odd = itemsOf(chunks, 1);
  const infinite = order.find((i) => odd[i] === true);
  if (infinite !== undefined) return unfitRow(found[infinite]!, "finite numbers in the result", "a number that is not");
  const columns = wanted.map(({ name, type }, i): Column => {
    if (type === "string" || type === "file") {
      const items = itemsOf(chunks, i + 2) as (string | null)[];
      return textColumn(
        name,
        order.map((at) => items[at]!),
      );
    }
    const values = numbersOf(chunks, i + 2);
    return { kind: "number", name, type, values: Float64Array.from(order, (at) => values[at]!) };
  });
  return { kind: "prepared", places, columns };
}

function textColumn(name: string, values: readonly (string | null)[]): Column {
  const codes = new Map<string, number>();
  const codeOf = (text: string) => codes.get(text) ?? (codes.set(text, codes.size), codes.size - 1);
  const column = Int32Array.from(values, (text) => (text === null ? -1 : codeOf(text)));
  return { kind: "text", name, type: "string", dictionary: [...codes.keys()], codes: column };
}

function emptyColumn({ name, type }: ColumnInfo): Column {
  if (type === "string" || type === "file") return textColumn(name, []);
  return { kind: "number", name, type, values: new Float64Array() };
}

/** @returns `null`: every text fits its column. */
async function unfitTexts(
  { columns, tests, unfit }: PreparingPlan,
  texts: Texts,
  until: number,
): Promise<PreparedTexts | null> {
  if (unfit === null) return null;
  const chunks = await unfit.run([manyRowsText(texts)], until);
  if (chunks === null) return { kind: "late" };
  const places = placesOf(chunks);
  const problems = tests.flatMap((test, i) => {
    const { asRaw } = columns.find(({ name }) => name === test.column.name)!;
    const about = { column: asRaw.name, expected: expectedRaw(asRaw), nearest: null };
    const found = `a text that ${wrongWords(test.column, test.code)}`;
    return itemsOf(chunks, i + 1).flatMap((fails, at): InputProblem[] =>
      fails === true ? [{ row: places[at]!, ...about, found }] : [],
    );
  });
  if (problems.length === 0) return null;
  const shown = problems.toSorted((a, b) => a.row - b.row).slice(0, mostProblems);
  return { kind: "unfit", problems: shown, more: problems.length - shown.length };
}

interface FailedRows {
  readonly texts: Texts;
  readonly until: number;
  readonly rows: number;
  readonly error: unknown;
}

/** The first row that `prepare` fails on: DuckDB says why it fails, and not where. */
async function failedRow(plan: PreparingPlan, { texts, until, rows, error }: FailedRows): Promise<PreparedTexts> {
  let [first, last] = [0, rows];
  let why = error;
  while (last - first > 1) {
    const middle = Math.floor((first + last) / 2);
    const half = await attempted(
      plan,
      texts.map((list) => list.slice(first, middle)),
      until,
    );
    if (half.kind === "late") return half;
    if (half.kind === "failed") [last, why] = [middle, half.error];
    else first = middle;
  }
  const { words } = refusalWords(why, plan.sql, true);
  return unfitRow(first, "values that the SQL can work with", `an error: ${words}`);
}

/** What is wrong with a row as a whole. */
function unfitRow(row: number, expected: string, found: string): PreparedTexts {
  return { kind: "unfit", problems: [{ row, column: "prepare", expected, found, nearest: null }], more: 0 };
}
