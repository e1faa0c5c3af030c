import type { FeatureColumn } from "../learners/learner.ts";
import type { Column } from "./column.ts";
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
  const { kind, name } = feature;
  const source = column.kind === "text" ? column.codes : column.values;
  const count = (rows ?? source).length;
  if (kind === "categorical") {
    const { levels } = feature;
    const codes = new Uint8Array(count);
    const code = coder(levels, column);
    for (let i = 0; i < count; i++) codes[i] = code(source[rows === undefined ? i : rows[i]!]!);
    return { kind, name, levels: levels.length, codes };
  }
  if (column.kind === "text") return null;
  const values = new Float32Array(count);
  // Rows are sorted by time, so that many in a row are of one instant.
  let [last, part] = [Number.NaN, Number.NaN];
  for (let i = 0; i < count; i++) {
    // Not of `source`, which may be texts: a loop over both kinds of arrays takes several times as long.
    const value = column.values[rows === undefined ? i : rows[i]!]!;
    if (kind === "datetimePart" && value !== last) part = datePart(feature.part, value);
    values[i] = kind === "datetimePart" ? part : value;
    last = value;
    if (!Number.isFinite(values[i])) values[i] = Number.NaN;
  }
  return { kind: "numeric", name, values };
}

/** The code of a value as the column has it: a number, or the place of a text. */
function coder(levels: readonly string[], column: Column): (value: number) => number {
  const codeOf = codesOf(levels);
  if (column.kind === "text") {
    const byEntry = column.dictionary.map((text) => codeOf.get(text) ?? OTHER);
    return (place) => (place < 0 ? MISSING : byEntry[place]!);
  }
  return (value) => (Number.isFinite(value) ? (codeOf.get(levelText(column.type, value)) ?? OTHER) : MISSING);
}

/** Codes by level, made once for each list: a row that is served alone would else wait for them. */
const known = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function codesOf(levels: readonly string[]): ReadonlyMap<string, number> {
  let codes = known.get(levels);
  if (codes === undefined) known.set(levels, (codes = new Map(levels.map((level, i) => [level, i + FIRST_LEVEL]))));
  return codes;
}
