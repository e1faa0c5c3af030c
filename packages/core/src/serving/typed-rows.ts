import { InputInvalidError, type InputProblem } from "../errors/input-errors.ts";
import type { ColumnInfo } from "../features/column-info.ts";
import type { Column } from "../features/column.ts";
import { readInstant } from "../features/read-instant.ts";
import { nearest } from "../spec/nearest.ts";

/** A row, by name of column. Columns that the version does not read are ignored. */
export type InputRecord = Readonly<Record<string, unknown>>;
/** Rows as columns of one length. */
export type InputColumns = Readonly<Record<string, ArrayLike<unknown>>>;

/** Names that were sent and that the version does not read. */
export interface IgnoredColumns {
  readonly count: number;
  /** The first 20 of them. */
  readonly names: readonly string[];
}

export interface TypedRows {
  readonly rows: number;
  /** By name of input. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly ignored: IgnoredColumns;
}

const mostProblems = 20;
const mostNames = 20;

const expectations = {
  string: "a text or null",
  number: "a number or null",
  integer: "a number or null",
  boolean: "true, false or null",
  date: "a date such as 2026-11-28, or null",
  datetime: "a time such as 2026-11-28T06:00:00Z, or null",
} as const;

/**
 * The inputs of a version from rows, strictly by type: a column that is absent or `undefined` is a problem, `null` is a missing value.
 * A date or a time is a text in ISO 8601, in UTC where it has no zone, or a `Date`.
 *
 * @throws InputInvalidError
 */
export function typedRows(inputs: readonly ColumnInfo[], given: readonly InputRecord[] | InputColumns): TypedRows {
  const table = Array.isArray(given)
    ? tableOfRecords(given as readonly InputRecord[])
    : tableOfColumns(given as InputColumns, inputs);
  const read = new Set(inputs.map(({ name }) => name));
  const isIgnored = (name: string) => !read.has(name);
  const problems: InputProblem[] = [];
  let count = 0;
  const columns = inputs.map((input) =>
    columnOf(input, table, (row, value) => {
      if (count++ < mostProblems) problems.push(problemOf(input, row, value, table.namesOf(row).filter(isIgnored)));
    }),
  );
  if (count > 0) throw new InputInvalidError(problems, count - problems.length);
  const names = [...table.names].filter(isIgnored);
  return {
    rows: table.rows,
    columns: new Map(columns.map((column) => [column.name, column])),
    ignored: { count: names.length, names: names.slice(0, mostNames) },
  };
}

/** @param others names that were sent and are of no input. */
function problemOf({ name, type }: ColumnInfo, row: number, value: unknown, others: readonly string[]): InputProblem {
  const about = { row, column: name, expected: expectations[type as keyof typeof expectations] };
  if (value === undefined) return { ...about, found: null, nearest: nearest(name, others) ?? null };
  const isOther = typeof value === "string" && (type === "date" || type === "datetime");
  return { ...about, found: isOther ? "another text" : kindOf(value), nearest: null };
}

interface Table {
  readonly rows: number;
  readonly names: ReadonlySet<string>;
  namesOf(row: number): string[];
  /** Reads a column by row; `undefined`: the row has no such value. */
  column(name: string): (row: number) => unknown;
}

function tableOfRecords(records: readonly InputRecord[]): Table {
  const isRecord = (row: number) => typeof records[row] === "object" && records[row] !== null;
  return {
    rows: records.length,
    names: namesOfAll(records),
    namesOf: (row) => (isRecord(row) ? Object.keys(records[row]!) : []),
    column: (name) => (row) => (isRecord(row) ? own(records[row]!, name) : undefined),
  };
}

/** Most records have the names of the one before, in its order. */
function namesOfAll(records: readonly InputRecord[]): ReadonlySet<string> {
  const names = new Set<string>();
  let last: readonly string[] = [];
  for (const record of records) {
    if (typeof record !== "object" || record === null) continue;
    const keys = Object.keys(record);
    if (keys.length === last.length && keys.every((key, i) => key === last[i])) continue;
    for (const key of keys) names.add(key);
    last = keys;
  }
  return names;
}

function tableOfColumns(columns: InputColumns, inputs: readonly ColumnInfo[]): Table {
  const names = Object.keys(columns);
  // Whoever gives a record has columns of one row.
  const listOf = (name: string) => {
    const values: unknown = own(columns, name);
    return typeof values === "object" && values !== null ? (values as ArrayLike<unknown>) : [values];
  };
  // Rows of other columns alone are rows in which every input is missing, not none.
  const known = inputs.flatMap(({ name }) => (Object.hasOwn(columns, name) ? [name] : []));
  return {
    rows: Math.max(0, ...(known.length > 0 ? known : names).map((name) => listOf(name).length)),
    names: new Set(names),
    namesOf: () => names,
    column: (name) => {
      const list = listOf(name);
      return (row) => list[row];
    },
  };
}

const own = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

function columnOf({ name, type }: ColumnInfo, table: Table, refuse: (row: number, value: unknown) => void): Column {
  if (type === "string" || type === "file") return textColumn(name, table, refuse);
  const values = new Float64Array(table.rows);
  const read = readers[type];
  const cell = table.column(name);
  for (let row = 0; row < table.rows; row++) {
    const value = cell(row);
    const number = value === null ? Number.NaN : read(value);
    if (number === null) refuse(row, value);
    else values[row] = number;
  }
  return { kind: "number", name, type, values };
}

/** A value as `NumberColumn` has it; `null`: it is of another kind. */
const asNumber = (value: unknown) =>
  typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : null;
const asInstant = (value: unknown) =>
  typeof value === "string" ? readInstant(value) : value instanceof Date ? value.getTime() : null;
const readers = {
  number: asNumber,
  integer: asNumber,
  boolean: (value: unknown) => (typeof value === "boolean" ? Number(value) : null),
  date: asInstant,
  datetime: asInstant,
};

function textColumn(name: string, table: Table, refuse: (row: number, value: unknown) => void): Column {
  const places = new Map<string, number>();
  const codes = new Int32Array(table.rows);
  const cell = table.column(name);
  for (let row = 0; row < table.rows; row++) {
    const value = cell(row);
    if (value === null) codes[row] = -1;
    else if (typeof value !== "string") refuse(row, value);
    else {
      const place = places.get(value) ?? places.size;
      if (place === places.size) places.set(value, place);
      codes[row] = place;
    }
  }
  return { kind: "text", name, type: "string", dictionary: [...places.keys()], codes };
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return "a text";
  return Array.isArray(value) ? "a list" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
