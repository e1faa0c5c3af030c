import type { Column, FileColumn } from "../features/column.ts";
import type { FeatureColumn, FeatureMatrix, InputRows } from "./learner.ts";

/** The rows of a matrix that are named, in that order. */
export function pickFeatures({ columns, inputs }: FeatureMatrix, rows: Uint32Array): FeatureMatrix {
  return {
    rows: rows.length,
    columns: columns.map((column) => pickColumn(column, rows)),
    ...(inputs && { inputs: pickInputs(inputs, rows) }),
  };
}

export function pickColumn(column: FeatureColumn, rows: Uint32Array): FeatureColumn {
  if (column.kind === "numeric")
    return { ...column, values: picked(new Float32Array(rows.length), column.values, rows) };
  return { ...column, codes: picked(new Uint8Array(rows.length), column.codes, rows) };
}

/** @param isPicked which columns get other rows; left out: all. */
export function pickInputs(
  { columns, read }: InputRows,
  rows: Uint32Array,
  isPicked: (name: string) => boolean = () => true,
): InputRows {
  return {
    columns,
    read: async (name) => (isPicked(name) ? pickValues(await read(name), rows) : read(name)),
  };
}

/** The values of a column in the rows that are named, in that order. */
export function pickValues(column: Column, rows: Uint32Array): Column {
  if (column.kind === "text") return { ...column, codes: picked(new Int32Array(rows.length), column.codes, rows) };
  return { ...column, values: picked(new Float64Array(rows.length), column.values, rows) };
}

/** Fills `into`. A loop, since `from` with a function takes ten times as long. */
function picked<Values extends PickedValues>(into: Values, values: Values, rows: Uint32Array): Values {
  for (let i = 0; i < rows.length; i++) into[i] = values[rows[i]!]!;
  return into;
}

type PickedValues = Float32Array | Float64Array | Uint8Array | Int32Array;

/** The rows of one matrix, then those of the others, which have the same columns. */
export function stackFeatures(first: FeatureMatrix, ...others: readonly FeatureMatrix[]): FeatureMatrix {
  const all = [first, ...others];
  const rows = all.reduce((sum, each) => sum + each.rows, 0);
  const inputs = all.flatMap((each) => each.inputs ?? []);
  return {
    rows,
    columns: first.columns.map((column, i) =>
      stackColumn(
        column,
        all.map(({ columns }) => columns[i]!),
        rows,
      ),
    ),
    ...(inputs.length === all.length && { inputs: stackInputs(inputs) }),
  };
}

function stackColumn(first: FeatureColumn, all: readonly FeatureColumn[], rows: number): FeatureColumn {
  if (first.kind === "numeric") {
    const parts = all.map((column) => (column as typeof first).values);
    return { ...first, values: joined(new Float32Array(rows), parts) };
  }
  const parts = all.map((column) => (column as typeof first).codes);
  return { ...first, codes: joined(new Uint8Array(rows), parts) };
}

function joined<Values extends PickedValues>(whole: Values, parts: readonly Values[]): Values {
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

function stackInputs(all: readonly InputRows[]): InputRows {
  return {
    columns: all[0]!.columns,
    async read(name) {
      const columns = await Promise.all(all.map((each) => each.read(name)));
      return columns.reduce(stackValues);
    },
  };
}

function bringFrom(first: FileColumn, second: FileColumn): FileColumn["bring"] {
  const own = new Set(first.dictionary);
  return (name) => (own.has(name) ? first : second).bring(name);
}

function stackValues(first: Column, second: Column): Column {
  if (first.kind === "number") {
    const values = [first.values, (second as typeof first).values];
    return { ...first, values: joined(new Float64Array(values[0]!.length + values[1]!.length), values) };
  }
  const { dictionary, codes } = second as typeof first;
  // Parts of one column: to look each text up again would take longer than all else.
  if (dictionary === first.dictionary && first.type === "string")
    return { ...first, codes: joined(new Int32Array(first.codes.length + codes.length), [first.codes, codes]) };
  const places = new Map(first.dictionary.map((text, code) => [text, code]));
  for (const text of dictionary) if (!places.has(text)) places.set(text, places.size);
  const moved = codes.map((code) => (code < 0 ? code : places.get(dictionary[code]!)!));
  const parts = [first.codes, moved];
  return {
    ...first,
    dictionary: [...places.keys()],
    codes: joined(new Int32Array(first.codes.length + moved.length), parts),
    ...(first.type === "file" && second.type === "file" && { bring: bringFrom(first, second) }),
  };
}
