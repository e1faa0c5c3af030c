import { describe, expect, it } from "vitest";
import type { Column } from "../features/column.ts";
import { tensorsOf, withoutRows } from "./onnx-inputs.ts";
import type { OnnxTensor, OnnxValue } from "./onnx-runtime.ts";

/** A tensor that only remembers. */
class Tensor implements OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;

  constructor(type: string, values: unknown, shape: readonly number[]) {
    this.type = type;
    this.data = values as ArrayLike<number>;
    this.dims = shape;
  }
}

const numbers = (name: string, values: readonly number[], type: "number" | "boolean" | "date" = "number"): Column => {
  return { kind: "number", name, type, values: Float64Array.from(values) };
};
const texts = (name: string): Column => {
  return { kind: "text", name, type: "string", dictionary: ["a", "b"], codes: Int32Array.from([0, -1, 1]) };
};
const input = (name: string, type = "float32", shape: readonly number[] = [4294967295, 1]): OnnxValue => {
  return { name, isTensor: true, type, shape };
};
const rows = { first: 1, count: 2 };
const feed = (inputs: readonly OnnxValue[], columns: readonly Column[]) =>
  tensorsOf({ Tensor }, { inputs, told: [] }, columns, rows);
const dataOf = (tensors: Record<string, OnnxTensor>) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data, dims }]) => [name, [Array.from(data), dims]]));

describe("the tensors of some rows", () => {
  it.each<[what: string, input: OnnxValue, column: Column, data: readonly unknown[], dims: readonly number[]]>([
    ["numbers, gaps among them", input("x"), numbers("x", [1, Number.NaN, 3]), [Number.NaN, 3], [2, 1]],
    ["of one dimension", input("x", "float32", [4294967295]), numbers("x", [1, 2, 3]), [2, 3], [2]],
    ["texts, of which one is missing", input("w", "string"), texts("w"), ["", "b"], [2, 1]],
    ["whole numbers", input("n", "int64"), numbers("n", [1, 2, 3]), [2n, 3n], [2, 1]],
    ["truth values", input("ok", "bool"), numbers("ok", [0, 1, 0], "boolean"), [1, 0], [2, 1]],
    ["days since 1970", input("on"), numbers("on", [0, 86_400_000, 129_600_000], "date"), [1, 1.5], [2, 1]],
    ["a name that skl2onnx made of another", input("a__b_"), numbers("a, b?", [1, 2, 3]), [2, 3], [2, 1]],
    ["a name that begins with a number", input("_1st"), numbers("1st", [1, 2, 3]), [2, 3], [2, 1]],
  ])("are made of %s", (_what, given, column, data, dims) => {
    const other = numbers("other", [7, 8, 9]);

    expect(dataOf(feed([given, input("other")], [other, column]))).toEqual({
      [given.name]: [data, dims],
      other: [
        [8, 9],
        [2, 1],
      ],
    });
  });

  it("are one of all columns, row by row", () => {
    const columns = [numbers("x", [1, 2, 3]), numbers("y", [4, 5, 6])];

    expect(dataOf(feed([input("X", "float64", [4294967295, 2])], columns))).toEqual({
      X: [
        [2, 5, 3, 6],
        [2, 2],
      ],
    });
  });

  it.each<[what: string, inputs: readonly OnnxValue[], message: RegExp]>([
    ["an unknown name", [input("x"), input("z")], /input "z", and there is no column of that name/],
    ["a name that two columns become", [input("a_b"), input("x")], /"a_b", and more than one column becomes that name/],
    ["numbers of a text", [input("w"), input("x")], /wants numbers for "w", which has texts/],
    ["texts of a number", [input("x", "string"), input("w", "string")], /wants texts for "x"/],
    ["whole numbers with gaps", [input("x", "int64"), input("w", "string")], /some are missing/],
    ["a type that there is no column of", [input("x", "uint8"), input("w", "string")], /of the type uint8/],
    [
      "fewer numbers than there are columns",
      [input("X", "float32", [4294967295, 2])],
      /takes 2 numbers a row, and there are 4/,
    ],
  ])("cannot be made for a model that wants %s", (_what, inputs, message) => {
    const columns = [
      numbers("x", [1, 2, Number.NaN]),
      texts("w"),
      numbers("a b", [1, 2, 3]),
      numbers("a,b", [1, 2, 3]),
    ];

    expect(() => feed(inputs, columns)).toThrow(message);
    // The values apart, that shows before there are rows.
    if (!/some are missing/.test(message.source)) {
      const none = columns.map(withoutRows);
      expect(() => tensorsOf({ Tensor }, { inputs, told: [] }, none, { first: 0, count: 0 })).toThrow(message);
    }
  });

  it("cannot be made of files", () => {
    expect(() => withoutRows({ name: "photo", type: "file" })).toThrow('cannot read the files of "photo"');
  });
});
