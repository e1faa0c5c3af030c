import type { ColumnInfo, DatePart, FeatureSpec, ValueFeature } from "@refit/core/data";
import type { Graph, Operand, GraphValue } from "./graph.ts";
import { DOUBLE, FLOAT, INT64, ML, STRING } from "./proto.ts";

/** One column of the matrix as the graph computes it, as `applyFeature` does. */
export type FeatureValue =
  | { readonly kind: "numeric"; /** [N, 1], numbers of 32 bits as 64; NaN: missing. */ readonly values: GraphValue }
  | { readonly kind: "categorical"; /** [N], whole numbers as in `FeatureColumn`. */ readonly codes: GraphValue };

/** What stands for a missing instant: numpy and pandas write NaT so. */
export const MISSING_INSTANT = -(1n << 63n);

const [MISSING, OTHER, FIRST_LEVEL] = [0, 1, 2];

/** How the graph takes an input, and what stands for a missing value. */
export interface OnnxInput {
  readonly name: string;
  /** Of the prepared column. */
  readonly type: ColumnInfo["type"];
  /** `string`; `double`: true and false as 1 and 0; `int64`: milliseconds since 1970-01-01, UTC. */
  readonly takes: "string" | "double" | "int64";
  readonly missing: string;
}

/** @returns an input for each column that the matrix is made of. */
export function onnxInputsOf({ inputs, features }: Pick<FeatureSpec, "inputs" | "features">): OnnxInput[] {
  return inputs.flatMap(({ name, type }): OnnxInput[] => {
    const levels = features.flatMap((each) => (each.input === name && each.kind === "categorical" ? each.levels : []));
    switch (type) {
      case "file":
        return [];
      case "string":
        return [{ name, type, takes: "string", missing: missingText(levels) }];
      case "date":
      case "datetime":
        return [{ name, type, takes: "int64", missing: String(MISSING_INSTANT) }];
      default:
        return [{ name, type, takes: "double", missing: "NaN" }];
    }
  });
}

/** Empty, or where that is a category, a text that is none. */
function missingText(levels: readonly string[]): string {
  if (!levels.includes("")) return "";
  let text = "<missing>";
  while (levels.includes(text)) text = `<${text}>`;
  return text;
}

const elementTypes = { string: STRING, double: DOUBLE, int64: INT64 } as const;

/** Makes the columns of the matrix out of raw values, by name of the feature. @param calledWith as in `OnnxSource`. */
export function featureValues(
  g: Graph,
  spec: FeatureSpec,
  calledWith: "arrays" | "tables",
): ReadonlyMap<string, FeatureValue> {
  const values = new Map<string, FeatureValue>();
  const inputs = onnxInputsOf(spec);
  for (const input of inputs) {
    const raw = g.input(input.name, elementTypes[input.takes], {
      isTable: calledWith === "tables" && inputs.length === 1,
    });
    for (const feature of spec.features) {
      if (feature.input === input.name && feature.kind !== "file") {
        values.set(feature.name, featureValue(g, feature, input, raw));
      }
    }
  }
  return values;
}

function featureValue(g: Graph, feature: ValueFeature, input: OnnxInput, raw: GraphValue): FeatureValue {
  if (feature.kind === "categorical") {
    if (input.takes === "string")
      return { kind: "categorical", codes: textCodes(g, raw, input.missing, feature.levels) };
    return { kind: "categorical", codes: numberCodes(g, numberOf(g, raw, input), input.type, feature.levels) };
  }
  const number = feature.kind === "numeric" ? numberOf(g, raw, input) : datePart(g, feature.part, raw);
  return { kind: "numeric", values: g.column(as32Bits(g, number)) };
}

/** [N], NaN for a missing instant. */
function numberOf(g: Graph, raw: GraphValue, { takes }: OnnxInput): GraphValue {
  if (takes === "double") return raw;
  return g.choose(g.equal(raw, MISSING_INSTANT), Number.NaN, g.cast(raw, DOUBLE));
}

/** Rounded as columns of the matrix are; NaN where that is not finite. */
function as32Bits(g: Graph, number: GraphValue): GraphValue {
  const rounded = g.cast(g.cast(number, FLOAT), DOUBLE);
  return g.choose(isFinite(g, rounded), rounded, Number.NaN);
}

/** Not of NaN, which is not at most anything. */
const isFinite = (g: Graph, number: GraphValue) => g.atMost(g.abs(number), Number.MAX_VALUE);

function textCodes(g: Graph, raw: GraphValue, missing: string, levels: readonly string[]): GraphValue {
  const encoder = {
    keys_strings: [missing, ...levels],
    values_int64s: { ints: [MISSING, ...levels.map((_, i) => i + FIRST_LEVEL)] },
    default_int64: OTHER,
  };
  return g.apply("LabelEncoder", [raw], encoder, ML);
}

/** @param type of the column: truth values are told from 0 alone. */
function numberCodes(g: Graph, number: GraphValue, type: ColumnInfo["type"], levels: readonly string[]): GraphValue {
  const codeOf = (level: string) => {
    const place = levels.indexOf(level);
    return BigInt(place < 0 ? OTHER : place + FIRST_LEVEL);
  };
  const isZero = g.equal(number, 0);
  const known =
    type === "boolean"
      ? g.choose(isZero, codeOf("false"), codeOf("true"))
      : lookUp(g, g.choose(isZero, 0, number), levels);
  return g.choose(isFinite(g, number), known, BigInt(MISSING));
}

/** Codes of numbers whose shortest text is a level. */
function lookUp(g: Graph, number: GraphValue, levels: readonly string[]): Operand {
  const entries = levels
    .map((level, i) => [Number(level), i + FIRST_LEVEL] as const)
    .filter(([value], i) => Number.isFinite(value) && String(value) === levels[i]);
  if (entries.length === 0) return BigInt(OTHER);
  const doubles = (values: readonly number[]) => ({ dims: [values.length], values: Float64Array.from(values) });
  const encoder = {
    keys_tensor: doubles(entries.map(([value]) => value)),
    values_tensor: doubles(entries.map(([, code]) => code)),
    default_tensor: doubles([OTHER]),
  };
  return g.cast(g.apply("LabelEncoder", [number], encoder, ML), INT64);
}

const HOUR = 3_600_000n;
const DAY = 24n * HOUR;
/** Farthest day of a calendar, from 1970 on, in milliseconds; months beyond are missing. */
const LAST_INSTANT = 8_640_000_000_000_000n;

/** @param raw [N], milliseconds since 1970-01-01, UTC. @returns [N], NaN for a missing instant. */
function datePart(g: Graph, part: DatePart, raw: GraphValue): GraphValue {
  const isMissing = g.equal(raw, MISSING_INSTANT);
  const instant = g.choose(isMissing, 0n, raw);
  const ofDay = g.mod(instant, DAY);
  const day = g.div(g.sub(instant, ofDay), DAY);
  const value = (number: GraphValue, isNone: GraphValue) => g.choose(isNone, Number.NaN, g.cast(number, DOUBLE));
  switch (part) {
    case "hour":
      return value(g.div(ofDay, HOUR), isMissing);
    case "dayOfWeek":
      return value(g.add(g.mod(g.add(day, 3n), 7n), 1n), isMissing); // 1970-01-01 was a Thursday
    case "month":
      return value(month(g, day), g.either(isMissing, g.less(LAST_INSTANT, g.abs(instant))));
  }
}

/**
 * 1 … 12 of a day counted from 1970-01-01: years begin in March, so that the day that is sometimes there comes last (Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms", 2013).
 */
function month(g: Graph, day: GraphValue): GraphValue {
  const dayOfEra = g.mod(g.add(day, 719_468n), 146_097n); // since March 1 of a year that 400 divides
  const leapDays = g.add(g.sub(g.div(dayOfEra, 1460n), g.div(dayOfEra, 36_524n)), g.div(dayOfEra, 146_096n));
  const year = g.div(g.sub(dayOfEra, leapDays), 365n);
  const before = g.sub(g.add(g.mul(365n, year), g.div(year, 4n)), g.div(year, 100n));
  const fromMarch = g.div(g.add(g.mul(5n, g.sub(dayOfEra, before)), 2n), 153n);
  return g.add(g.mod(g.add(fromMarch, 2n), 12n), 1n);
}
