import type { FeatureColumn } from "../learners/learner.ts";
import type { Column, FileColumn, NumberColumn, TextColumn } from "./column.ts";
import { datePart } from "./date-part.ts";
import type { ColumnInfo, DatePart, FeatureSpec, ValueFeature } from "./feature-spec.ts";
import { levelText } from "./level-text.ts";

const MISSING = 0;
const OTHER = 1;
const FIRST_LEVEL = 2;

/** The features that an input gives, in the order of the matrix, in which those of the first input come first. */
export function featuresOf(
  { features }: Pick<FeatureSpec, "features">,
  input: Pick<ColumnInfo, "name">,
): ValueFeature[] {
  return features.filter((each): each is ValueFeature => each.kind !== "file" && each.input === input.name);
}

/**
 * One feature's values, in the order of `rows` (default: all rows of the column).
 *
 * The one transform for training, evaluation and serving. Infinities are missing, also those that only 32 bits make.
 *
 * @returns `null` when the column's kind cannot give this feature.
 */
export function featureColumn(feature: ValueFeature, column: Column, rows?: Uint32Array): FeatureColumn | null {
  const { kind, name } = feature;
  if (kind === "categorical") {
    const { levels } = feature;
    const coded = column.kind === "text" ? codesOfTexts(levels, column, rows) : codesOfNumbers(levels, column, rows);
    return { kind, name, levels: levels.length, codes: coded };
  }
  if (column.kind === "text") return null;
  const values = kind === "numeric" ? numbersOf(column.values, rows) : partsOf(feature.part, column.values, rows);
  return { kind: "numeric", name, values };
}

// A loop for each kind of value: one for all of them takes five times as long.

function numbersOf(source: Float64Array, rows?: Uint32Array): Float32Array {
  const values = new Float32Array((rows ?? source).length);
  for (let i = 0; i < values.length; i++) {
    values[i] = source[rows === undefined ? i : rows[i]!]!;
    if (!Number.isFinite(values[i])) values[i] = Number.NaN;
  }
  return values;
}

function partsOf(of: DatePart, source: Float64Array, rows?: Uint32Array): Float32Array {
  const values = new Float32Array((rows ?? source).length);
  // Rows are sorted by time, so that many in a row are of one instant.
  let [last, part] = [Number.NaN, Number.NaN];
  for (let i = 0; i < values.length; i++) {
    const value = source[rows === undefined ? i : rows[i]!]!;
    if (value !== last) part = datePart(of, value);
    last = value;
    values[i] = part;
  }
  return values;
}

function codesOfTexts(levels: readonly string[], column: TextColumn | FileColumn, rows?: Uint32Array): Uint8Array {
  const codeOf = codesOf(levels);
  const { codes: source, dictionary } = column;
  const byEntry = Uint8Array.from(dictionary, (text) => codeOf.get(text) ?? OTHER);
  const codes = new Uint8Array((rows ?? source).length);
  for (let i = 0; i < codes.length; i++) codes[i] = byEntry[source[rows === undefined ? i : rows[i]!]!] ?? MISSING;
  return codes;
}

function codesOfNumbers(levels: readonly string[], { type, values }: NumberColumn, rows?: Uint32Array): Uint8Array {
  const codeOf = codesOf(levels);
  const codes = new Uint8Array((rows ?? values).length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[rows === undefined ? i : rows[i]!]!;
    codes[i] = Number.isFinite(value) ? (codeOf.get(levelText(type, value)) ?? OTHER) : MISSING;
  }
  return codes;
}

/** Codes by level, made once for each list: a row that is served alone would else wait for them. */
const known = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function codesOf(levels: readonly string[]): ReadonlyMap<string, number> {
  let codes = known.get(levels);
  if (codes === undefined) known.set(levels, (codes = new Map(levels.map((level, i) => [level, i + FIRST_LEVEL]))));
  return codes;
}
