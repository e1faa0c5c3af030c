import { quoted, quotedList } from "../errors/name-words.ts";
import type { ColumnInfo } from "../features/column-info.ts";
import type { Column } from "../features/column.ts";
import { nearest } from "../spec/nearest.ts";
import { DAY } from "../time.ts";
import type { OnnxRuntime, OnnxTensor, OnnxValue, TensorType, TensorValues } from "./onnx-runtime.ts";
import type { ToldInput } from "./told-inputs.ts";

/** A model that cannot be fed from these columns: why, as a clause. */
export class UnfitModel extends Error {}

/**
 * Tensors for the inputs of a model, for some of the rows: an input of the name of each column, [rows, 1], or a single one of numbers
 * that takes all columns in their order, [rows, columns].
 *
 * Numbers that are missing are NaN, texts that are missing are empty, truth values are 0 and 1, times are days since 1970: but for a
 * model that refit has exported, which says how it takes times and what is missing.
 *
 * @throws UnfitModel
 */
export function tensorsOf(
  { Tensor }: Pick<OnnxRuntime, "Tensor">,
  { inputs, told }: OnnxInputs,
  columns: readonly Column[],
  { first, count }: FedRows,
): Record<string, OnnxTensor> {
  const rows = { first, count };
  const [only] = inputs;
  if (inputs.length === 1 && only!.shape?.length !== 1 && only!.shape?.[1] !== 1) {
    return { [only!.name]: new Tensor(typeOf(only!), matrix(only!, columns, rows), [count, columns.length]) };
  }
  return Object.fromEntries(
    inputs.map((input) => {
      const column = columnOf(input, columns);
      const shape = input.shape?.length === 1 ? [count] : [count, 1];
      const own = told.find(({ name }) => name === input.name);
      const values = own === undefined ? valuesFor(input, column, rows) : valuesAsTold(own, column, rows);
      return [input.name, new Tensor(typeOf(input), values, shape)];
    }),
  );
}

/** A column of which nothing but name and type is known yet. */
export function withoutRows({ name, type }: ColumnInfo): Column {
  const none = new Float64Array();
  if (type === "string") return { kind: "text", name, type, dictionary: [], codes: new Int32Array() };
  if (type === "file") throw new UnfitModel(`cannot read the files of ${quoted(name)}`);
  return { kind: "number", name, type, values: none };
}

/** What a model takes. */
export interface OnnxInputs {
  readonly inputs: readonly OnnxValue[];
  /** What it says of them itself; none: it is not of refit. */
  readonly told: readonly ToldInput[];
}

interface FedRows {
  readonly first: number;
  readonly count: number;
}

function columnOf({ name }: OnnxValue, columns: readonly Column[]): Column {
  const exact = columns.find((column) => column.name === name);
  if (exact !== undefined) return exact;
  const alike = columns.filter((column) => convertedName(column.name) === name);
  if (alike.length === 1) return alike[0]!;
  if (alike.length > 1)
    throw new UnfitModel(`has an input ${quoted(name)}, and more than one column becomes that name`);
  const names = columns.map((column) => column.name);
  const near = nearest(name, names);
  const meant = near === undefined ? `the columns are ${quotedList(names)}` : `the nearest is ${quoted(near)}`;
  throw new UnfitModel(`has an input ${quoted(name)}, and there is no column of that name; ${meant}`);
}

/** What skl2onnx makes of a name: letters, numbers, `_` and `+`, and no number first. */
const convertedName = (name: string) => name.replaceAll(/[^\p{L}\p{N}_+]/gu, "_").replace(/^(?=\d)/, "_");

function typeOf({ name, type }: OnnxValue): TensorType {
  const known = (["float32", "float64", "int64", "bool", "string"] as const).find((each) => each === type);
  if (known === undefined) throw new UnfitModel(`has an input ${quoted(name)} of the type ${type ?? "sequence"}`);
  return known;
}

function matrix(input: OnnxValue, columns: readonly Column[], { first, count }: FedRows) {
  const width = input.shape?.[1];
  if (typeof width === "number" && width < 1e6 && width !== columns.length)
    throw new UnfitModel(`takes ${width} numbers a row, and there are ${columns.length} columns`);
  const values =
    input.type === "float64" ? new Float64Array(count * columns.length) : new Float32Array(count * columns.length);
  if (typeOf(input) !== "float32" && typeOf(input) !== "float64")
    throw new UnfitModel(`has one input for all columns, of the type ${input.type}: it has to be of floats`);
  for (const [i, column] of columns.entries()) {
    requireNumbers(column);
    for (let row = 0; row < count; row++) values[row * columns.length + i] = numberAt(column, first + row);
  }
  return values;
}

function valuesFor(input: OnnxValue, column: Column, { first, count }: FedRows) {
  const type = typeOf(input);
  const rows = Array.from({ length: count }, (_, row) => first + row);
  if (type === "string") return textsAt(column, rows);
  requireNumbers(column);
  const numbers = rows.map((row) => numberAt(column, row));
  if (type === "float32") return Float32Array.from(numbers);
  if (type === "float64") return Float64Array.from(numbers);
  if (numbers.some((value) => Number.isNaN(value)))
    throw new UnfitModel(
      `wants whole numbers for ${quoted(column.name)}, of which some are missing: it has to take floats`,
    );
  return type === "bool" ? Uint8Array.from(numbers) : BigInt64Array.from(numbers, (value) => BigInt(Math.trunc(value)));
}

/** In place of a text that a runtime would take for a missing one, or cut at a NUL: neither is a category of such a graph. */
const unknown = "\u{fffd} no such text";

function valuesAsTold({ takes, missing }: ToldInput, column: Column, { first, count }: FedRows): TensorValues {
  const rows = Array.from({ length: count }, (_, row) => first + row);
  if (takes === "string") {
    const isMissing = (row: number) => column.kind === "text" && column.codes[row]! < 0;
    const isLost = (text: string, row: number) => text.includes("\0") || (text === missing && !isMissing(row));
    return textsAt(column, rows, missing).map((text, i) => (isLost(text, rows[i]!) ? unknown : text));
  }
  requireNumbers(column);
  const numbers = rows.map((row) => column.values[row]!);
  if (takes === "double") return Float64Array.from(numbers);
  return BigInt64Array.from(numbers, (value) => BigInt(Number.isNaN(value) ? missing : Math.trunc(value)));
}

function textsAt(column: Column, rows: readonly number[], missing = ""): string[] {
  if (column.kind !== "text")
    throw new UnfitModel(`wants texts for ${quoted(column.name)}, which is of the type ${column.type}`);
  return rows.map((row) => column.dictionary[column.codes[row]!] ?? missing);
}

function requireNumbers(column: Column): asserts column is Extract<Column, { kind: "number" }> {
  if (column.kind === "text") throw new UnfitModel(`wants numbers for ${quoted(column.name)}, which has texts`);
}

function numberAt({ type, values }: Extract<Column, { kind: "number" }>, row: number): number {
  const value = values[row]!;
  return type === "date" || type === "datetime" ? value / DAY : value;
}
