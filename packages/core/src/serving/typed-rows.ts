import type { ColumnInfo } from "../features/column-info.ts";
import type { Column } from "../features/column.ts";
import { readInstant } from "../features/read-instant.ts";
import type { InputColumns, InputRecord, RefusedValue, TypedRows } from "./input-rows.ts";

/** Problems and names that are told. */
const most = 20;

/**
 * Reads the inputs of a version from rows, strictly by type: a column that is absent or `undefined` is a problem, `null` is a missing value.
 * A date or a time is a text in ISO 8601, in UTC where it has no zone, or a `Date`.
 *
 * @returns a function that throws InputInvalidError.
 */
export function rowTyper(
  inputs: readonly ColumnInfo[],
): (given: readonly InputRecord[] | InputColumns) => Promise<TypedRows> {
  const known = new Set(inputs.map(({ name }) => name));
  return async (given) => {
    const records = Array.isArray(given) ? (given as readonly InputRecord[]) : null;
    const { rows, column } = records ? tableOfRecords(records) : tableOfColumns(given as InputColumns, known);
    const refused: RefusedValue[] = [];
    let count = 0;
    const refuse: Refuse = (input, row, value) => {
      if (count++ < most) refused.push({ input, row, value });
    };
    const columns = inputs.map((input) => columnOf(input, rows, column(input.name), refuse));
    if (count > 0) {
      const { inputInvalid } = await import("./input-problems.ts");
      throw inputInvalid(inputs, given, refused, count);
    }
    const namesBeside = (row: unknown) => Object.keys(Object(row) as object).filter((name) => !known.has(name));
    const ignored = [...new Set((records ?? [given]).flatMap(namesBeside))];
    return { rows, columns, ignored: { count: ignored.length, names: ignored.slice(0, most) } };
  };
}

type Names = ReadonlySet<string>;
type CellOf = (row: number) => unknown;

interface Table {
  readonly rows: number;
  /** Reads a column by row, until the next one is asked for; `undefined`: the row has no such value. */
  column(name: string): CellOf;
}

function tableOfRecords(records: readonly unknown[]): Table {
  let column: string;
  // One for all columns: of a row alone, as most requests have it, making them would take longer than reading.
  const cell = (row: number) => own(records[row], column);
  return {
    rows: records.length,
    column(name) {
      column = name;
      return cell;
    },
  };
}

function tableOfColumns(columns: InputColumns, known: Names): Table {
  const names = Object.keys(columns);
  // Whoever gives a record has columns of one row.
  const valuesOf = (name: string) => {
    const values = own(columns, name);
    return (Object(values) === values ? values : [values]) as ArrayLike<unknown>;
  };
  // Rows of other columns alone are rows in which every input is missing, not none.
  const read = names.filter((name) => known.has(name));
  return {
    rows: Math.max(0, ...(read.length > 0 ? read : names).map((name) => valuesOf(name).length)),
    column(name) {
      const values = valuesOf(name);
      return (row) => values[row];
    },
  };
}

const own = (record: unknown, name: string): unknown =>
  Object.hasOwn(Object(record) as object, name) ? (record as InputRecord)[name] : undefined;

type Refuse = (input: ColumnInfo, row: number, value: unknown) => void;

function columnOf(input: ColumnInfo, rows: number, cell: CellOf, refuse: Refuse): Column {
  const { name, type } = input;
  const read = readers[type as keyof typeof readers];
  if (read === undefined) return textColumn(input, rows, cell, refuse);
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = cell(row);
    const number = value === null ? Number.NaN : read(value);
    if (number === null) refuse(input, row, value);
    else values[row] = number;
  }
  return { kind: "number", name, type: type as keyof typeof readers, values };
}

function textColumn(input: ColumnInfo, rows: number, cell: CellOf, refuse: Refuse): Column {
  const codes = new Int32Array(rows).fill(-1);
  const dictionary: string[] = [];
  // Of a row alone there is nothing to find again.
  const places = rows > 1 ? new Map<string, number>() : null;
  for (let row = 0; row < rows; row++) {
    const value = cell(row);
    if (typeof value === "string") {
      let place = places?.get(value);
      if (place === undefined) {
        place = dictionary.push(value) - 1;
        places?.set(value, place);
      }
      codes[row] = place;
    } else if (value !== null) refuse(input, row, value);
  }
  return { kind: "text", name: input.name, type: "string", dictionary, codes };
}

/** A value as `NumberColumn` has it; `null`: it is of another kind. */
const asNumber = (value: unknown) => (typeof value === "number" || typeof value === "bigint" ? Number(value) : null);
const asInstant = (value: unknown) =>
  typeof value === "string" ? readInstant(value) : value instanceof Date ? value.getTime() : null;
/** Of the types that are not texts. */
const readers = {
  number: asNumber,
  integer: asNumber,
  boolean: (value: unknown) => (typeof value === "boolean" ? Number(value) : null),
  date: asInstant,
  datetime: asInstant,
};
