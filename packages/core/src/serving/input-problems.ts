import { InputInvalidError, type InputProblem } from "../errors/input-errors.ts";
import type { ColumnInfo } from "../features/column-info.ts";
import { nearest } from "../spec/nearest.ts";
import type { InputColumns, InputRecord, RefusedValue } from "./input-rows.ts";

const expectations = {
  string: "a text or null",
  number: "a number or null",
  integer: "a number or null",
  boolean: "true, false or null",
  date: "a date such as 2026-11-28, or null",
  datetime: "a time such as 2026-11-28T06:00:00Z, or null",
} as const;

/**
 * What is wrong with rows, in words. Apart from `rowTyper`, so that a page brings them only where something is.
 *
 * @param refused the first of them. @param count of all.
 */
export function inputInvalid(
  inputs: readonly ColumnInfo[],
  given: readonly InputRecord[] | InputColumns,
  refused: readonly RefusedValue[],
  count: number,
): InputInvalidError {
  const read = new Set(inputs.map(({ name }) => name));
  const othersOf = (row: number) =>
    Object.keys(Object(Array.isArray(given) ? given[row] : given) as object).filter((name) => !read.has(name));
  const problems = refused.map((each) => problemOf(each, othersOf(each.row)));
  return new InputInvalidError(problems, count - problems.length);
}

/** @param others names that were sent and are of no input. */
function problemOf({ input: { name, type }, row, value }: RefusedValue, others: readonly string[]): InputProblem {
  const about = { row, column: name, expected: expectations[type as keyof typeof expectations] };
  if (value === undefined) return { ...about, found: null, nearest: nearest(name, others) ?? null };
  const isOther = typeof value === "string" && (type === "date" || type === "datetime");
  return { ...about, found: isOther ? "another text" : kindOf(value), nearest: null };
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return "a text";
  return Array.isArray(value) ? "a list" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
