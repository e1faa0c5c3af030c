/** Equal rows of different files, and rows within files to compare them with. */
export interface Repeats {
  /** Pairs of equal rows in two files. */
  readonly pairs: number;
  /** Pairs of rows in two files. */
  readonly possible: number;
  /** [files][rows]: equal numbers are equal rows. */
  readonly within: readonly Int32Array[];
}

/**
 * Whether as many equal rows in different files are to be expected as there are: two rows of one file are equal with some
 * probability, estimated from all pairs of rows within files, and two of different files then are with the same.
 *
 * Twice as many are still called natural, and three standard deviations of a Poisson count, as the estimate is one. Without a
 * single repeat within a file, every repeat between files is a copy: rows that were exported twice.
 *
 * @example 100 files of 50 rows that are drawn from 10,000 kinds: 12 of 122,500 pairs within files are equal, so that 25 of the
 * 250,000 pairs between a new file and them are natural. An export that holds 50 rows of them once more has 75.
 */
export function areNatural({ pairs, possible, within }: Repeats): boolean {
  if (pairs === 0) return true;
  let [equal, all] = [0, 0];
  for (const rows of within) {
    const counts = new Map<number, number>();
    for (const row of rows) {
      const count = counts.get(row) ?? 0;
      equal += count;
      counts.set(row, count + 1);
    }
    all += (rows.length * (rows.length - 1)) / 2;
  }
  if (equal === 0) return false;
  const expected = (possible * equal) / all;
  return pairs <= 2 * expected + 3 * Math.sqrt(expected);
}
