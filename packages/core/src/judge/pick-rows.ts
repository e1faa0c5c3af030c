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
  // A view of each row would take thirty times as long.
  for (let i = 0; i < rows.length; i++)
    for (let output = 0; output < outputs; output++)
      picked[i * outputs + output] = values[rows[i]! * outputs + output]!;
  return picked;
}
