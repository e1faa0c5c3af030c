import {
  type Attribute,
  DOUBLE,
  type ElementType,
  modelBytes,
  nodeProto,
  type Tensor,
  tensorProto,
  valueProto,
} from "./proto.ts";
import type { Message } from "./wire.ts";

/** Something that the graph computes, by name; columns are [N, 1], answers of several outputs [N, K]. */
export type GraphValue = string & { readonly of: "graph" };

/** A number stands for a constant of 64-bit floats, a bigint for one of whole numbers. */
export type Operand = GraphValue | number | bigint;

type Attributes = Readonly<Record<string, Attribute>>;

interface Operation {
  readonly op: string;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly GraphValue[];
  readonly attributes?: Attributes;
  readonly domain?: string;
}

/**
 * A graph of ONNX while it is being written: operations in the order in which they are called, each constant once. The same calls give
 * the same bytes.
 *
 * Arithmetic of single operations is exact to the bit (IEEE 754), so what has to equal our own answers is made of nothing else.
 */
export class Graph {
  readonly #taken: Set<string>;
  readonly #steps: Message[] = [];
  readonly #constants = new Map<string, { readonly name: GraphValue; readonly proto: Message }>();
  readonly #inputs: Message[] = [];
  readonly #outputs: Message[] = [];
  #names = 0;

  /** @param names of inputs to come: nothing else is called so. */
  constructor(names: Iterable<string>) {
    this.#taken = new Set(names);
  }

  /** @param isTable it comes as [N, 1], else as [N]. @returns its values, one a row: [N]. */
  input(name: string, type: ElementType, { isTable }: { readonly isTable: boolean }): GraphValue {
    this.#inputs.push(valueProto(name, type, isTable ? ["N", 1] : ["N"]));
    return isTable ? this.flat(name as GraphValue) : (name as GraphValue);
  }

  /** @param name with `_` behind it where an input is called so. @returns what it is called. */
  output(name: string, value: GraphValue, dims: readonly (number | string)[]): string {
    let free = name;
    while (this.#taken.has(free)) free += "_";
    this.#taken.add(free);
    this.#step({ op: "Identity", inputs: [value], outputs: [free as GraphValue] });
    this.#outputs.push(valueProto(free, DOUBLE, dims));
    return free;
  }

  bytes(metadata: Readonly<Record<string, string>>): Uint8Array {
    const constants = [...this.#constants.values()].map(({ proto }) => proto);
    return modelBytes({ steps: this.#steps, constants, inputs: this.#inputs, outputs: this.#outputs, metadata });
  }

  /** Any operation with one output. */
  apply(op: string, inputs: readonly Operand[], attributes: Attributes = {}, domain = ""): GraphValue {
    const output = this.#fresh();
    this.#step({ op, inputs, outputs: [output], attributes, domain });
    return output;
  }

  constant(tensor: Tensor): GraphValue {
    const bytes = tensorProto(tensor).encoded();
    const key = Array.from(bytes).join();
    const known = this.#constants.get(key);
    if (known !== undefined) return known.name;
    const name = this.#fresh();
    this.#constants.set(key, { name, proto: tensorProto(tensor, name) });
    return name;
  }

  /** A list of numbers, [length], or a table, [length / width, width]. */
  list(values: ArrayLike<number>, width?: number): GraphValue {
    const dims = width === undefined ? [values.length] : [values.length / width, width];
    return this.constant({ dims, values: Float64Array.from(values) });
  }

  add = (a: Operand, b: Operand) => this.apply("Add", [a, b]);
  sub = (a: Operand, b: Operand) => this.apply("Sub", [a, b]);
  mul = (a: Operand, b: Operand) => this.apply("Mul", [a, b]);
  div = (a: Operand, b: Operand) => this.apply("Div", [a, b]);
  /** Of whole numbers, with the sign of `b`. */
  mod = (a: Operand, b: Operand) => this.apply("Mod", [a, b]);
  min = (a: Operand, b: Operand) => this.apply("Min", [a, b]);
  max = (a: Operand, b: Operand) => this.apply("Max", [a, b]);
  abs = (a: Operand) => this.apply("Abs", [a]);
  less = (a: Operand, b: Operand) => this.apply("Less", [a, b]);
  atMost = (a: Operand, b: Operand) => this.apply("LessOrEqual", [a, b]);
  equal = (a: Operand, b: Operand) => this.apply("Equal", [a, b]);
  either = (a: GraphValue, b: GraphValue) => this.apply("Or", [a, b]);
  choose = (condition: GraphValue, yes: Operand, no: Operand) => this.apply("Where", [condition, yes, no]);
  cast = (a: GraphValue, to: ElementType) => this.apply("Cast", [a], { to });
  /** Rows of a table, or numbers of a list, by place. */
  gather = (table: GraphValue, places: GraphValue) => this.apply("Gather", [table, places], { axis: 0 });
  clip = (a: GraphValue, lowest: number, highest: number) => this.min(this.max(a, lowest), highest);
  /** [N] to [N, 1]. */
  column = (a: GraphValue) => this.apply("Unsqueeze", [a, this.#ints([1])]);
  /** [N, 1] to [N]. */
  flat = (a: GraphValue) => this.apply("Reshape", [a, this.#ints([-1])]);
  /** [N, 1] each to [N, K]. */
  beside = (columns: readonly GraphValue[]) => this.apply("Concat", columns, { axis: 1 });

  /** [N, K] to K times [N, 1]. */
  columns(a: GraphValue, count: number): GraphValue[] {
    if (count === 1) return [a];
    const outputs = Array.from({ length: count }, () => this.#fresh());
    this.#step({ op: "Split", inputs: [a], outputs, attributes: { axis: 1, num_outputs: count } });
    return outputs;
  }

  /** Columns added from the first to the last, as we add; a reduction may take another order. */
  sum(columns: readonly GraphValue[]): GraphValue {
    return columns.reduce((total, column) => this.add(total, column));
  }

  #ints(values: readonly number[]): GraphValue {
    return this.constant({ dims: [values.length], values: BigInt64Array.from(values, BigInt) });
  }

  #fresh(): GraphValue {
    let name: string;
    do name = `v${this.#names++}`;
    while (this.#taken.has(name));
    return name as GraphValue;
  }

  #step({ op, inputs, outputs, attributes = {}, domain = "" }: Operation): void {
    const names = inputs.map((each) => (typeof each === "string" ? each : this.#number(each)));
    this.#steps.push(nodeProto({ op, inputs: names, outputs, attributes, domain }));
  }

  #number(value: number | bigint): GraphValue {
    const values = typeof value === "bigint" ? BigInt64Array.of(value) : Float64Array.of(value);
    return this.constant({ dims: [], values });
  }
}
