/**
 * The values of some rows, in the order of `rows`.
 *
 * Example: rows [2, 0] of [10, 11, 20, 21, 30, 31] with 2 outputs are [30, 31, 10, 11].
 *
 * @param values [all rows × outputs]: the values of a row stand together.
 * @returns [rows.length × outputs], a copy.
 */
export function pickRows(values: Float64Array, rows: Uint32Array, outputs = 1): Float64Array {
  const picked = new Float64Array(rows.length * outputs);
  rows.forEach((row, i) => picked.set(values.subarray(row * outputs, (row + 1) * outputs), i * outputs));
  return picked;
}
