const NO_COLUMN = 0xffff_ffff;
const COLUMNS_PER_WORD = 4;

/**
 * Group the drawn columns by the word that holds their bins: a unit is counted in one pass over a leaf's rows, by one
 * thread. Words that would not go round evenly are cut in half, so that no thread waits for long at the end.
 *
 * @param columns [drawn columns], ascending.
 * @param into [4 × columns]: four places per unit, filled from the left; `NO_COLUMN` in those that are left.
 * @param threads that take one unit after the other.
 * @returns number of units.
 */
export function writeUnits(columns: Uint32Array, into: Uint32Array, threads: number): number {
  const words = new Set(columns.map(wordOf)).size;
  const whole = threads === 1 ? words : words - (words % threads);
  let units = 0;
  let used = 0;
  let seen = 0;
  let word = -1;
  for (const column of columns) {
    const isNew = wordOf(column) !== word;
    if (isNew) seen++;
    if (isNew || used === (seen <= whole ? COLUMNS_PER_WORD : COLUMNS_PER_WORD / 2)) {
      into.fill(NO_COLUMN, units * COLUMNS_PER_WORD, (units + 1) * COLUMNS_PER_WORD);
      units++;
      used = 0;
    }
    word = wordOf(column);
    into[(units - 1) * COLUMNS_PER_WORD + used++] = column;
  }
  return units;
}

function wordOf(column: number): number {
  return Math.floor(column / COLUMNS_PER_WORD);
}
