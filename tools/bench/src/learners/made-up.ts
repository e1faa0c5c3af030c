import { lehmer } from "../random.ts";
import { writeSet } from "./data-set.ts";

const NUMERIC = 20;
const CATEGORICAL = 8;
const LEVELS = 60;

/** Writes rows with 20 numeric columns with gaps, 8 categorical ones, and a noisy binary target that four of them decide. */
export function writeMadeUp(folder: string, name: string, rows: number): void {
  const random = lehmer(rows);
  const numeric = Array.from({ length: NUMERIC }, () => Float32Array.from({ length: rows }, random));
  // Low codes are frequent, as in real columns.
  const codes = Array.from({ length: CATEGORICAL }, () =>
    Float32Array.from({ length: rows }, () => Math.floor(LEVELS * random() * random())),
  );
  const target = Float32Array.from({ length: rows }, (_, row) => {
    const signal =
      numeric[0]![row]! * numeric[1]![row]! + Math.abs(numeric[2]![row]! - 0.5) + (codes[0]![row]! % 3) / 4;
    return signal + random() > 1.3 ? 1 : 0;
  });
  for (const values of numeric) for (let row = 0; row < rows; row++) if (random() < 0.02) values[row] = Number.NaN;
  const levels = Array.from({ length: LEVELS }, (_, code) => `l${code}`);
  const columns = [...numeric.map((_, i) => ({ name: `n${i}` })), ...codes.map((_, i) => ({ name: `c${i}`, levels }))];
  writeSet(folder, { name, task: "binary", classes: 2, rows, columns }, [...numeric, ...codes, target]);
}
