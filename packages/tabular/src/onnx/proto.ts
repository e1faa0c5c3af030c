import { Message } from "./wire.ts";

/** Kinds of numbers and texts, as onnx.proto numbers them. */
export const FLOAT = 1;
export const UINT8 = 2;
export const INT64 = 7;
export const STRING = 8;
export const DOUBLE = 11;
export type ElementType = typeof FLOAT | typeof UINT8 | typeof INT64 | typeof STRING | typeof DOUBLE;

/** Values and their shape; [] is a single one. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly values: Float64Array | BigInt64Array | Uint8Array;
}

/** A whole number, texts, whole numbers, a tensor. */
export type Attribute = number | readonly string[] | { readonly ints: readonly number[] } | Tensor;

/** The domain of operators for trees and categories; that of all others is "". */
export const ML = "ai.onnx.ml";
/** Version 5 has trees with thresholds of 64 bits; 18 and 9 are what the checker asks for beside it. */
const OPSETS = [
  ["", 18],
  [ML, 5],
] as const;
const IR_VERSION = 9;

// Numbers of fields and types: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

export function tensorProto({ dims, values }: Tensor, name?: string): Message {
  const tensor = new Message();
  for (const dim of dims) tensor.int(1, dim);
  tensor.int(2, typeOf(values));
  if (name !== undefined) tensor.text(8, name);
  return tensor.bytes(9, littleEndian(values));
}

function typeOf(values: Tensor["values"]): ElementType {
  if (values instanceof Float64Array) return DOUBLE;
  return values instanceof BigInt64Array ? INT64 : UINT8;
}

function littleEndian(values: Tensor["values"]): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    if (typeof value === "bigint") view.setBigInt64(8 * i, value, true);
    else view.setFloat64(8 * i, value, true);
  }
  return bytes;
}

function attributeProto(name: string, value: Attribute): Message {
  const attribute = new Message().text(1, name);
  if (typeof value === "number") return attribute.int(3, value).int(20, 2);
  if ("ints" in value) return attribute.ints(8, value.ints).int(20, 7);
  if ("dims" in value) return attribute.message(5, tensorProto(value)).int(20, 4);
  for (const text of value) attribute.text(9, text);
  return attribute.int(20, 8);
}

/** One operation. */
export interface GraphStep {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly domain: string;
}

export function nodeProto({ op, inputs, outputs, attributes, domain }: GraphStep): Message {
  const node = new Message();
  for (const input of inputs) node.text(1, input);
  for (const output of outputs) node.text(2, output);
  node.text(4, op);
  for (const [name, value] of Object.entries(attributes)) node.message(5, attributeProto(name, value));
  return domain === "" ? node : node.text(7, domain);
}

/** An input or output of the graph. @param dims a text stands for a length that the caller chooses. */
export function valueProto(name: string, type: ElementType, dims: readonly (number | string)[]): Message {
  const shape = new Message();
  for (const dim of dims) {
    shape.message(1, typeof dim === "string" ? new Message().text(2, dim) : new Message().int(1, dim));
  }
  const tensor = new Message().int(1, type).message(2, shape);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

/** All parts of a model, each in the order in which it is written. */
export interface ModelParts {
  readonly steps: readonly Message[];
  readonly constants: readonly Message[];
  readonly inputs: readonly Message[];
  readonly outputs: readonly Message[];
  /** What readers may want to know, by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

export function modelBytes({ steps, constants, inputs, outputs, metadata }: ModelParts): Uint8Array {
  const graph = new Message();
  for (const step of steps) graph.message(1, step);
  graph.text(2, "refit");
  for (const constant of constants) graph.message(5, constant);
  for (const input of inputs) graph.message(11, input);
  for (const output of outputs) graph.message(12, output);
  const model = new Message().int(1, IR_VERSION).text(2, "refit").message(7, graph);
  for (const [domain, version] of OPSETS) model.message(8, new Message().text(1, domain).int(2, version));
  for (const [key, value] of Object.entries(metadata)) model.message(14, new Message().text(1, key).text(2, value));
  return model.encoded();
}
