/** Enough for sorting and joining narrow tables through the disk. */
const leastMiB = 400;
/** The part of a machine that a session takes unless told otherwise, and the most of it that a wide file may take. */
const usual = 1 / 4;
const most = 1 / 2;

/**
 * Memory of a session that nobody has set: a share of the machine, and for wide files at least what they need, since
 * DuckDB works on 2,048 values of each column at once, whatever the number of rows, and in several places.
 *
 * @param columns of the widest file. @example usualMemoryMiB(8000, 20) === 2000
 */
export function usualMemoryMiB(machineMiB: number, columns: number): number {
  const needed = leastMiB + 60 * Math.ceil(columns / 100);
  return Math.max(leastMiB, Math.floor(machineMiB * usual), Math.min(needed, Math.floor(machineMiB * most)));
}
