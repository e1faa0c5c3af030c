/** A number and its standard error. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** How far a cell's share is moved for a derivative. */
const step = 1e-6;

/**
 * A statistic of the shares of cells, whose counts are multinomial: its derivative towards each cell, by a small step, gives
 * the variance. O(cells²) for a statistic that reads all cells. Source: van der Vaart (1998), Asymptotic Statistics, chapters 3 and 20.
 *
 * @param counts how many rows each cell has.
 * @returns `null` for fewer than two rows, or where the statistic is not defined.
 */
export function deltaMethod(
  counts: readonly number[],
  statistic: (shares: Float64Array) => number | undefined,
): Estimate | null {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const shares = Float64Array.from(counts, (count) => count / rows);
  const value = rows < 2 ? undefined : statistic(shares);
  if (value === undefined) return null;
  let mean = 0;
  let squares = 0;
  for (let cell = 0; cell < shares.length; cell++) {
    if (counts[cell] === 0) continue;
    const moved = shares.map((share, other) => share * (1 - step) + (other === cell ? step : 0));
    const influence = ((statistic(moved) ?? value) - value) / step;
    mean += shares[cell]! * influence;
    squares += shares[cell]! * influence * influence;
  }
  return { value, standardError: Math.sqrt(Math.max(0, squares - mean * mean) / (rows - 1)) };
}
