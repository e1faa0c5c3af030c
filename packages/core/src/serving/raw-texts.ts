import type { InputProblem } from "../errors/input-errors.ts";
import type { ColumnInfo } from "../features/column-info.ts";
import { nearest } from "../spec/nearest.ts";
import type { IgnoredColumns, InputColumns, InputRecord } from "./input-rows.ts";

/** A column of a row as the data files have it. */
export interface RawColumn {
  /** As the files name it. */
  readonly name: string;
  readonly type: ColumnInfo["type"];
  /** Whether a row may be without it: only the answer is made of it. */
  readonly mayLack: boolean;
  /** How its texts are written, such as `%d/%m/%Y`; `null`: as ISO 8601 has them, or of another type. */
  readonly format: string | null;
  /** Of the texts of its numbers; `null`: a point. */
  readonly decimalChar: string | null;
  /** Whether its numbers are written in a form of the data manifest: with characters of its own or a unit. */
  readonly ownForm: boolean;
  /** Texts that mean that there is no value. */
  readonly missingValues: readonly string[];
}

/** Rows as texts, as a file has them. */
export interface RawTexts {
  readonly rows: number;
  /** [columns][rows], in the order of the columns; `null`: there is no value. */
  readonly texts: readonly (readonly (string | null)[])[];
  /** What no file could hold, or what is not there; then no row is to be answered. */
  readonly problems: readonly InputProblem[];
  /** Problems besides those. */
  readonly more: number;
  readonly ignored: IgnoredColumns;
}

const mostProblems = 20;
const mostNames = 20;

const formOf: Readonly<Record<ColumnInfo["type"], string>> = {
  string: "a text or null",
  number: "a number, its text, or null",
  integer: "a whole number, its text, or null",
  boolean: "true, false, its text, or null",
  date: "a date as text, such as 2026-11-28, or null",
  datetime: "a time as text, such as 2026-11-28T06:00:00Z, or null",
  file: "a text or null",
};

/** What a value of the column has to be, as a clause. */
export function expectedRaw({ type, format }: Pick<RawColumn, "type" | "format">): string {
  return format === null ? formOf[type] : `a ${type} as text, written as ${format}, or null`;
}

/**
 * What a caller sends, as the texts that a file would have: a number as JavaScript writes it with the column's decimal character, `true` and `false`,
 * and texts as they are. Whether a text can be read as its column's type is not looked at.
 *
 * A number where texts are, or a text with a zero byte, is a problem: a file would give another value.
 */
export function rawTexts(columns: readonly RawColumn[], given: readonly InputRecord[] | InputColumns): RawTexts {
  const table = Array.isArray(given)
    ? ofRecords(given as readonly InputRecord[])
    : ofColumns(given as InputColumns, columns);
  const isIgnored = ignoredAmong(columns);
  const problems: InputProblem[] = [];
  let count = 0;
  const refuse = (column: RawColumn, row: number, value: unknown) => {
    if (count++ < mostProblems)
      problems.push(problemOf(column, row, value, () => table.namesOf(row).filter(isIgnored)));
  };
  const texts = columns.map((column) => {
    const read = textOf[column.type];
    return Array.from({ length: table.rows }, (_, row) => {
      const value = table.get(row, column.name);
      if (value === null || (value === undefined && column.mayLack)) return null;
      const text = read(value, column);
      if (text === null) refuse(column, row, value);
      return text;
    });
  });
  const names = [...table.names].filter(isIgnored);
  const ignored = { count: names.length, names: names.slice(0, mostNames) };
  return { rows: table.rows, texts, problems, more: count - problems.length, ignored };
}

function ignoredAmong(columns: readonly RawColumn[]): (name: string) => boolean {
  const read = new Set(columns.map(({ name }) => name));
  return (name) => !read.has(name);
}

function problemOf(column: RawColumn, row: number, value: unknown, others: () => readonly string[]): InputProblem {
  const about = { row, column: column.name, expected: expectedRaw(column) };
  if (value === undefined) return { ...about, found: null, nearest: nearest(column.name, others()) ?? null };
  return { ...about, found: foundWords(value), nearest: null };
}

function foundWords(value: unknown): string {
  if (typeof value === "string") return "a text with a zero byte";
  if (typeof value === "number") return Number.isInteger(value) ? "a whole number" : "a number";
  if (Array.isArray(value)) return "a list";
  return `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}

/** Half of a pair of UTF-16 is no character: it becomes U+FFFD, as wherever it is encoded. */
const plainText = (value: unknown) =>
  typeof value === "string" && !value.includes("\0") ? value.replace(/\p{Surrogate}/gu, "\u{fffd}") : null;
const numberText = (value: unknown, { decimalChar }: RawColumn) => {
  if (typeof value !== "number") return plainText(value);
  return Object.is(value, -0) ? "-0" : String(value).replace(".", decimalChar ?? ".");
};

/** @returns the text of a value; `null`: it is of another kind. */
const textOf: Readonly<Record<ColumnInfo["type"], (value: unknown, column: RawColumn) => string | null>> = {
  string: plainText,
  file: plainText,
  date: plainText,
  datetime: plainText,
  number: numberText,
  // A larger one has lost digits before it came here.
  integer: (value, column) =>
    typeof value === "number" && !Number.isSafeInteger(value) ? null : numberText(value, column),
  boolean: (value) => (typeof value === "boolean" ? String(value) : plainText(value)),
};

interface GivenTable {
  readonly rows: number;
  readonly names: ReadonlySet<string>;
  namesOf(row: number): readonly string[];
  /** `undefined`: the row has no such value. */
  get(row: number, name: string): unknown;
}

function ofRecords(records: readonly InputRecord[]): GivenTable {
  return {
    rows: records.length,
    names: new Set(records.flatMap((record) => Object.keys(record))),
    namesOf: (row) => Object.keys(records[row]!),
    get: (row, name) => own(records[row]!, name),
  };
}

/** Of other columns alone, one row stands for all: what it lacks, all lack. */
function ofColumns(columns: InputColumns, known: readonly RawColumn[]): GivenTable {
  const names = Object.keys(columns);
  const isKnown = known.some(({ name }) => Object.hasOwn(columns, name));
  const longest = names.reduce((most, name) => Math.max(most, columns[name]!.length), 0);
  return {
    rows: isKnown ? longest : Math.min(1, longest),
    names: new Set(names),
    namesOf: () => names,
    get: (row, name) => own(columns, name)?.[row],
  };
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
