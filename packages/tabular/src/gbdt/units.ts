const NO_COLUMN = 0xffff_ffff;
const COLUMNS_PER_WORD = 4;

/**
 * Group the drawn columns by the word that holds their bins: a unit is counted in one pass over a leaf's rows, by one thread.
 *
 * @param columns [drawn columns], ascending.
 * @param into [4 × columns]: four places per unit, filled from the left; `NO_COLUMN` in those that are left.
 * @returns number of units.
 */
export function writeUnits(columns: Uint32Array, into: Uint32Array): number {
  let units = 0;
  let used = COLUMNS_PER_WORD;
  let word = -1;
  for (const column of columns) {
    const ofColumn = Math.floor(column / COLUMNS_PER_WORD);
    if (ofColumn !== word || used === COLUMNS_PER_WORD) {
      into.fill(NO_COLUMN, units * COLUMNS_PER_WORD, (units + 1) * COLUMNS_PER_WORD);
      units++;
      used = 0;
      word = ofColumn;
    }
    into[(units - 1) * COLUMNS_PER_WORD + used++] = column;
  }
  return units;
}
