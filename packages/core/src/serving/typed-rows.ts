import type { ColumnInfo } from "../features/column-info.ts";
import type { Column } from "../features/column.ts";
import { readInstant } from "../features/read-instant.ts";
import type { InputColumns, InputRecord, RefusedValue, TypedRows } from "./input-rows.ts";

/** Problems and names that are told. */
const most = 20;

/**
 * The inputs of a version from rows, strictly by type: a column that is absent or `undefined` is a problem, `null` is a missing value.
 * A date or a time is a text in ISO 8601, in UTC where it has no zone, or a `Date`.
 *
 * @throws InputInvalidError
 */
export async function typedRows(
  inputs: readonly ColumnInfo[],
  given: readonly InputRecord[] | InputColumns,
): Promise<TypedRows> {
  const { rows, names, column } = Array.isArray(given)
    ? tableOfRecords(given as readonly InputRecord[])
    : tableOfColumns(given as InputColumns, inputs);
  const refused: RefusedValue[] = [];
  let count = 0;
  const columns = new Map<string, Column>();
  for (const input of inputs) {
    const refuse = (row: number, value: unknown) => {
      if (count++ < most) refused.push({ input, row, value });
    };
    columns.set(input.name, columnOf(input, rows, column(input.name), refuse));
  }
  if (count > 0) {
    const { inputInvalid } = await import("./input-problems.ts");
    throw inputInvalid(inputs, given, refused, count);
  }
  const ignored = [...names].filter((name) => !columns.has(name));
  return { rows, columns, ignored: { count: ignored.length, names: ignored.slice(0, most) } };
}

interface Table {
  readonly rows: number;
  readonly names: Iterable<string>;
  /** Reads a column by row; `undefined`: the row has no such value. */
  column(name: string): (row: number) => unknown;
}

function tableOfRecords(records: readonly unknown[]): Table {
  return {
    rows: records.length,
    names: namesOfAll(records),
    column: (name) => (row) => own(records[row], name),
  };
}

/** Most records have the names of the one before, in its order. */
function namesOfAll(records: readonly unknown[]): ReadonlySet<string> {
  const names = new Set<string>();
  let last: readonly string[] = [];
  for (const record of records) {
    const keys = Object.keys(Object(record) as object);
    if (keys.length === last.length && keys.every((key, i) => key === last[i])) continue;
    for (const key of keys) names.add(key);
    last = keys;
  }
  return names;
}

function tableOfColumns(columns: InputColumns, inputs: readonly ColumnInfo[]): Table {
  const names = Object.keys(columns);
  // Whoever gives a record has columns of one row.
  const valuesOf = (name: string) => {
    const values = own(columns, name);
    return (Object(values) === values ? values : [values]) as ArrayLike<unknown>;
  };
  // Rows of other columns alone are rows in which every input is missing, not none.
  const known = inputs.flatMap(({ name }) => (Object.hasOwn(columns, name) ? name : []));
  return {
    rows: Math.max(0, ...(known.length > 0 ? known : names).map((name) => valuesOf(name).length)),
    names,
    column(name) {
      const values = valuesOf(name);
      return (row) => values[row];
    },
  };
}

const own = (record: unknown, name: string): unknown =>
  Object.hasOwn(Object(record) as object, name) ? (record as InputRecord)[name] : undefined;

function columnOf(
  { name, type }: ColumnInfo,
  rows: number,
  cell: (row: number) => unknown,
  refuse: (row: number, value: unknown) => void,
): Column {
  const isText = type === "string" || type === "file";
  const places = new Map<string, number>();
  const placeOf = (value: unknown): number | null => {
    if (typeof value !== "string") return null;
    const place = places.get(value) ?? places.size;
    if (place === places.size) places.set(value, place);
    return place;
  };
  const read = isText ? placeOf : readers[type];
  const values = new (isText ? Int32Array : Float64Array)(rows).fill(isText ? -1 : Number.NaN);
  for (let row = 0; row < rows; row++) {
    const value = cell(row);
    if (value === null) continue;
    const number = read(value);
    if (number === null) refuse(row, value);
    else values[row] = number;
  }
  return isText
    ? { kind: "text", name, type: "string", dictionary: [...places.keys()], codes: values as Int32Array }
    : { kind: "number", name, type, values: values as Float64Array };
}

/** A value as `NumberColumn` has it; `null`: it is of another kind. */
const asNumber = (value: unknown) => (typeof value === "number" || typeof value === "bigint" ? Number(value) : null);
const asInstant = (value: unknown) =>
  typeof value === "string" ? readInstant(value) : value instanceof Date ? value.getTime() : null;
const readers = {
  number: asNumber,
  integer: asNumber,
  boolean: (value: unknown) => (typeof value === "boolean" ? Number(value) : null),
  date: asInstant,
  datetime: asInstant,
};
