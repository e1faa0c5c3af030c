import type { FeatureSpec } from "@refit/core/data";
import { applyFeatures, type Column, type FeatureMatrix } from "@refit/core/runtime";
import type { OnnxInput } from "@refit/tabular/onnx";

const LEVELS = ["a", "b c", "größe", "🦊", "__proto__", "constructor", "İ", "a\u0301", "\u2028", "0", " ", "'\"\\"];
const MANY = Array.from({ length: 250 }, (_, i) => `level ${i}`);
const SIZES = ["7", "0", "1.5", "1e+21", "-3", "0.1"];

const numeric = (name: string) => ({ kind: "numeric", name, input: name }) as const;
const categorical = (name: string, levels: readonly string[]) => {
  return { kind: "categorical" as const, name, input: name, levels: [...levels] };
};
const part = (input: string, of: "month" | "dayOfWeek" | "hour") =>
  ({ kind: "datetimePart", name: `${input}.${of}`, input, part: of }) as const;

/** Every kind of input, with names that could be taken for something else. */
export const inputs: FeatureSpec["inputs"] = [
  { name: "v0", type: "number" },
  { name: "__proto__", type: "integer" },
  { name: "größe 🦊", type: "number" },
  { name: "probability", type: "string" },
  { name: "many", type: "string" },
  { name: "gaps", type: "string" },
  { name: "size", type: "number" },
  { name: "member", type: "boolean" },
  { name: "paid", type: "boolean" },
  { name: "at", type: "datetime" },
  { name: "on", type: "date" },
];

const features: FeatureSpec["features"] = [
  numeric("v0"),
  numeric("__proto__"),
  numeric("größe 🦊"),
  categorical("probability", LEVELS),
  categorical("many", MANY),
  categorical("gaps", ["", "yes"]),
  categorical("size", SIZES),
  numeric("member"),
  categorical("paid", ["true", "false"]),
  part("at", "month"),
  part("at", "dayOfWeek"),
  part("at", "hour"),
  part("on", "month"),
  part("on", "dayOfWeek"),
];

/** @param only the inputs of these names; left out: all. */
export function specOf(task: FeatureSpec["target"]["task"], only = inputs.map(({ name }) => name)): FeatureSpec {
  const classes = { binary: ["no", "yes"], multiclass: ["a", "b", "ç"], regression: null }[task];
  const some = inputs.filter(({ name }) => only.includes(name));
  return {
    format: 1,
    source: some,
    inputs: some,
    target: { name: "y", task, classes },
    features: features.filter(({ input }) => only.includes(input)),
    ignored: [],
  };
}

/** Seeded, uniform in [0, 1): mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ODD = [0, -0, 1e300, -1e300, 3.4028235e38, 3.4028236e38, 5e-324, 1e-46, Infinity, -Infinity, 0.1, 16_777_217];
/** Days before and after 1970, leap days, the last day of the calendar. */
const INSTANTS = [0, -1, 86_399_999, 951_782_400_000, -2_203_891_200_000, 4_107_542_400_000, 8.64e15, -8.64e15];

/** Rows of made-up values, of which some are missing, odd, or in no training row. */
export function someColumns(rows: number, seed: number): Column[] {
  const random = randomFrom(seed);
  const among = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const number = (): number => (random() < 0.1 ? among(ODD) : random() * 10 - 5);
  const instant = (): number => (random() < 0.1 ? among(INSTANTS) : Math.floor(random() * 4e12 - 1e12));
  const values: Readonly<Record<string, () => number | string>> = {
    v0: number,
    ["__proto__"]: () => (random() < 0.1 ? among(ODD) : Math.floor(random() * 20)),
    "größe 🦊": () => number() * 1000,
    probability: () => among([...LEVELS, "unseen", "toString"]),
    many: () => (random() < 0.05 ? `${random()}` : among(MANY)),
    gaps: () => among(["", "yes", "other"]),
    size: () => among([...SIZES.map(Number), -0, 7.000001, Infinity, 8]),
    member: () => among([0, 1]),
    paid: () => among([0, 1]),
    at: instant,
    on: () => Math.floor(instant() / 86_400_000) * 86_400_000,
  };
  return inputs.map(({ name, type }) => {
    const value = Object.getOwnPropertyDescriptor(values, name)!.value as () => number | string;
    const cells = Array.from({ length: rows }, () => (random() < 0.1 ? null : value()));
    if (type === "string") return textColumn(name, cells);
    return { kind: "number", name, type, values: Float64Array.from(cells, (cell) => Number(cell ?? NaN)) } as Column;
  });
}

function textColumn(name: string, cells: readonly unknown[]): Column {
  const dictionary = [...new Set(cells.filter((cell) => typeof cell === "string"))];
  const codeOf = new Map<unknown, number>(dictionary.map((text, code) => [text, code]));
  const codes = Int32Array.from(cells, (cell) => codeOf.get(cell) ?? -1);
  return { kind: "text", name, type: "string", dictionary, codes };
}

export function matrixOf(spec: FeatureSpec, columns: readonly Column[], rows: number): Promise<FeatureMatrix> {
  const read = async (name: string) => columns.find((column) => column.name === name) ?? null;
  return applyFeatures(
    spec,
    read,
    Uint32Array.from({ length: rows }, (_, row) => row),
  );
}

/** What a graph takes of a column, raw. */
export function valuesFor(input: OnnxInput, column: Column): string[] | Float64Array | BigInt64Array {
  if (column.kind === "text") {
    return Array.from(column.codes, (code) => column.dictionary[code] ?? input.missing);
  }
  if (input.takes === "double") return column.values;
  return BigInt64Array.from(column.values, (value) => BigInt(Number.isNaN(value) ? input.missing : value));
}
