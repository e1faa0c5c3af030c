import { chiSquaredSf } from "../special/chi-squared.ts";

export interface ChiSquaredHomogeneity {
  readonly statistic: number;
  readonly dof: number;
  readonly p: number;
  /** The smallest expected count: below 5 the p-value is not to be trusted. */
  readonly leastExpected: number;
  /** Effect size in [0, 1]. */
  readonly cramersV: number;
  /** The same without its upward bias in small tables (Bergsma 2013). */
  readonly cramersVCorrected: number;
}

/**
 * Pearson's test that the rows of a table of counts come from one distribution, without Yates' correction.
 *
 * Both rows count as samples. (Taking one for the truth, as a goodness-of-fit test does, rejects a third of the time
 * at 5 % when the sizes are equal.) Rows and columns without any count are dropped.
 *
 * @returns `null` when fewer than two rows remain. One column tells nothing apart: statistic 0, p 1.
 */
export function chiSquaredHomogeneity(table: readonly ArrayLike<number>[]): ChiSquaredHomogeneity | null {
  const rows = table.map((row) => Array.from(row)).filter((row) => total(row) > 0);
  const columns = rows[0]?.map((_, column) => total(rows.map((row) => row[column]!))).filter((sum) => sum > 0) ?? [];
  const cells = rows.map((row) => row.filter((_, column) => rows.some((other) => other[column]! > 0)));
  if (rows.length < 2) return null;

  const n = total(columns);
  let statistic = 0;
  let leastExpected = Infinity;
  for (const row of cells) {
    for (const [column, observed] of row.entries()) {
      const expected = (total(row) / n) * columns[column]!;
      statistic += ((observed - expected) * (observed - expected)) / expected;
      leastExpected = Math.min(leastExpected, expected);
    }
  }
  const dof = (rows.length - 1) * (columns.length - 1);
  if (dof === 0) return { statistic: 0, dof, p: 1, leastExpected, cramersV: 0, cramersVCorrected: 0 };
  return {
    statistic,
    dof,
    p: chiSquaredSf(statistic, dof),
    leastExpected,
    cramersV: Math.sqrt(statistic / n / (Math.min(rows.length, columns.length) - 1)),
    cramersVCorrected: correctedV(statistic / n, rows.length, columns.length, n),
  };
}

/** Source: Bergsma (2013), "A bias-correction for Cramér's V and Tschuprow's T". */
function correctedV(phiSquared: number, rows: number, columns: number, n: number): number {
  if (n < 2) return 0;
  const shrunk = Math.max(0, phiSquared - ((rows - 1) * (columns - 1)) / (n - 1));
  const size = (k: number) => k - ((k - 1) * (k - 1)) / (n - 1);
  const room = Math.min(size(rows), size(columns)) - 1;
  return room > 0 ? Math.sqrt(shrunk / room) : 0;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
