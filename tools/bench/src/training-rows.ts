import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FeatureColumn, LabelledRows } from "@refit/core/runtime";
import { lehmer } from "./random.ts";

export const NUMERIC = 20;
export const CATEGORICAL = 8;
export const COLUMNS = NUMERIC + CATEGORICAL;
const LEVELS = 60;

/**
 * Writes made-up rows where both sides find them: 20 numeric columns with gaps, 8 categorical ones, a noisy binary target.
 *
 * `x.f32`: column after column, 32-bit floats, codes of categories too; `y.f64`: the target.
 */
export function writeTrainingRows(folder: string, rows: number): void {
  const random = lehmer(1);
  const numeric = Array.from({ length: NUMERIC }, () => Float32Array.from({ length: rows }, random));
  // Low codes are frequent, as in real columns.
  const codes = Array.from({ length: CATEGORICAL }, () =>
    Float32Array.from({ length: rows }, () => 2 + Math.floor(LEVELS * random() * random())),
  );
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const signal =
      numeric[0]![row]! * numeric[1]![row]! + Math.abs(numeric[2]![row]! - 0.5) + (codes[0]![row]! % 3) / 4;
    return signal + random() > 1.3 ? 1 : 0;
  });
  for (const values of numeric) for (let row = 0; row < rows; row++) if (random() < 0.02) values[row] = NaN;
  writeFileSync(
    path.join(folder, "x.f32"),
    Buffer.concat([...numeric, ...codes].map((each) => Buffer.from(each.buffer))),
  );
  writeFileSync(path.join(folder, "y.f64"), Buffer.from(target.buffer));
}

/** @returns the rows from `from` to `to` - 1. */
export function readTrainingRows(folder: string): (from: number, to: number) => LabelledRows {
  const values = readFileSync(path.join(folder, "x.f32"));
  const answers = readFileSync(path.join(folder, "y.f64"));
  const rows = answers.length / 8;
  const columns = Array.from(
    { length: COLUMNS },
    (_, i) => new Float32Array(values.buffer, values.byteOffset + 4 * i * rows, rows),
  );
  const target = new Float64Array(answers.buffer, answers.byteOffset, rows);
  const codes = columns.slice(NUMERIC).map((column) => Uint8Array.from(column));
  return (from, to) => ({
    features: {
      rows: to - from,
      columns: columns.map((column, i): FeatureColumn =>
        i < NUMERIC
          ? { kind: "numeric", name: `n${i}`, values: column.subarray(from, to) }
          : { kind: "categorical", name: `c${i}`, levels: LEVELS, codes: codes[i - NUMERIC]!.subarray(from, to) },
      ),
    },
    target: target.subarray(from, to),
  });
}
