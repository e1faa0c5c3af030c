/** The values of some rows; `outputs` values belong to each row, side by side. */
export function pickRows(values: Float64Array, rows: Uint32Array, outputs = 1): Float64Array {
  const picked = new Float64Array(rows.length * outputs);
  rows.forEach((row, i) => picked.set(values.subarray(row * outputs, (row + 1) * outputs), i * outputs));
  return picked;
}
