import type { FeatureColumn, FeatureMatrix } from "@refit/core/runtime";
import { ArtifactInvalidError } from "@refit/core/errors";
import { NETWORK_FILE } from "./names.ts";

/** How a column becomes numbers that a network can learn from. */
export type ColumnEncoding =
  | {
      readonly kind: "numeric";
      readonly name: string;
      /** Of the training rows that have a value. */
      readonly mean: number;
      /** Their standard deviation; 1 where all are alike. */
      readonly scale: number;
      /** Whether a second number says that the value is missing. */
      readonly gaps: boolean;
    }
  | { readonly kind: "categorical"; readonly name: string; readonly levels: number };

/** Rows as a network takes them. */
export interface EncodedRows {
  readonly rows: number;
  /** [rows × width]. */
  readonly numbers: Float32Array;
  /** At least 1, so that every network has this input. */
  readonly width: number;
  /** For each categorical column [rows]: codes from 0 to levels + 1. */
  readonly codes: readonly Int32Array[];
}

/** Values further out count as this many standard deviations: one odd row shall not move all weights. */
const furthest = 10;

/** @param features of the training rows. */
export function fitEncoding({ columns }: FeatureMatrix): readonly ColumnEncoding[] {
  return columns.map((column) =>
    column.kind === "categorical"
      ? { kind: "categorical", name: column.name, levels: column.levels }
      : { kind: "numeric", name: column.name, ...spreadOf(column.values) },
  );
}

function spreadOf(values: Float32Array): { readonly mean: number; readonly scale: number; readonly gaps: boolean } {
  const known = values.filter((value) => Number.isFinite(value));
  const gaps = known.length < values.length;
  if (known.length === 0) return { mean: 0, scale: 1, gaps };
  let sum = 0;
  for (const value of known) sum += value;
  const mean = sum / known.length;
  let squares = 0;
  for (const value of known) squares += (value - mean) * (value - mean);
  const scale = Math.sqrt(squares / known.length);
  return { mean, scale: scale > 0 ? scale : 1, gaps };
}

export function widthOf(encoding: readonly ColumnEncoding[]): number {
  return Math.max(
    1,
    encoding.reduce((sum, column) => sum + (column.kind === "numeric" ? 1 + Number(column.gaps) : 0), 0),
  );
}

/** @throws ArtifactInvalidError for other columns than those of the training. */
export function encode({ rows, columns }: FeatureMatrix, encoding: readonly ColumnEncoding[]): EncodedRows {
  const width = widthOf(encoding);
  const numbers = new Float32Array(rows * width);
  const codes: Int32Array[] = [];
  let place = 0;
  if (columns.length !== encoding.length) throw foreign(`${columns.length} features`);
  for (const [i, expected] of encoding.entries()) {
    const column = columns[i]!;
    if (!isSame(column, expected)) throw foreign(`the feature "${column.name}"`);
    if (column.kind === "categorical") codes.push(Int32Array.from(column.codes));
    else if (expected.kind === "numeric") {
      writeNumbers(numbers, column.values, expected, { place, width });
      place += 1 + Number(expected.gaps);
    }
  }
  return { rows, numbers, width, codes };
}

function writeNumbers(
  numbers: Float32Array,
  values: Float32Array,
  { mean, scale, gaps }: Extract<ColumnEncoding, { kind: "numeric" }>,
  { place, width }: { readonly place: number; readonly width: number },
): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const isMissing = Number.isNaN(value);
    const standard = isMissing ? 0 : (value - mean) / scale;
    numbers[row * width + place] = Math.min(Math.max(standard, -furthest), furthest);
    if (gaps) numbers[row * width + place + 1] = isMissing ? 1 : 0;
  }
}

function isSame(column: FeatureColumn, expected: ColumnEncoding): boolean {
  if (column.kind !== expected.kind || column.name !== expected.name) return false;
  return column.kind === "numeric" || column.levels === (expected as { readonly levels: number }).levels;
}

const foreign = (what: string) =>
  new ArtifactInvalidError(NETWORK_FILE, "features", `those that it learned from, not ${what}`);
