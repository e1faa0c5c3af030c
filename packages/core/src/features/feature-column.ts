import type { FeatureColumn } from "../learners/learner.ts";
import type { Column, FileColumn, NumberColumn, TextColumn } from "./column.ts";
import { datePart } from "./date-part.ts";
import type { ColumnInfo, FeatureSpec, ValueFeature } from "./feature-spec.ts";
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
  if (feature.kind === "categorical") return categorical(feature.name, feature.levels, column, rows);
  if (column.kind === "text") return null;
  const values = new Float32Array(rows?.length ?? column.values.length);
  const { values: all } = column;
  if (feature.kind === "numeric") {
    for (let i = 0; i < values.length; i++) values[i] = all[rows === undefined ? i : rows[i]!]!;
  } else {
    // Rows are sorted by time, so that many in a row are of one day.
    let [last, part] = [Number.NaN, Number.NaN];
    for (let i = 0; i < values.length; i++) {
      const instant = all[rows === undefined ? i : rows[i]!]!;
      if (instant !== last) part = datePart(feature.part, instant);
      values[i] = part;
      last = instant;
    }
  }
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) values[i] = Number.NaN;
  return { kind: "numeric", name: feature.name, values };
}

function categorical(
  name: string,
  levels: readonly string[],
  column: Column,
  rows: Uint32Array | undefined,
): FeatureColumn {
  const codeOf = codesOf(levels);
  const code = column.kind === "text" ? textCoder(column, codeOf) : numberCoder(column, codeOf);
  const count = rows?.length ?? (column.kind === "text" ? column.codes : column.values).length;
  const codes = new Uint8Array(count);
  for (let i = 0; i < count; i++) codes[i] = code(rows === undefined ? i : rows[i]!);
  return { kind: "categorical", name, levels: levels.length, codes };
}

function textCoder(column: TextColumn | FileColumn, codeOf: ReadonlyMap<string, number>): (row: number) => number {
  const byEntry = Uint8Array.from(column.dictionary, (text) => codeOf.get(text) ?? OTHER);
  return (row) => byEntry[column.codes[row]!] ?? MISSING;
}

function numberCoder(column: NumberColumn, codeOf: ReadonlyMap<string, number>): (row: number) => number {
  return (row) => {
    const value = column.values[row]!;
    return Number.isFinite(value) ? (codeOf.get(levelText(column.type, value)) ?? OTHER) : MISSING;
  };
}

/** Codes by level, made once for each list: a row that is served alone would else wait for them. */
const known = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function codesOf(levels: readonly string[]): ReadonlyMap<string, number> {
  let codes = known.get(levels);
  if (codes === undefined) known.set(levels, (codes = new Map(levels.map((level, i) => [level, i + FIRST_LEVEL]))));
  return codes;
}
