import { studentTTwoSided } from "../special/student-t.ts";

export interface TTest {
  readonly t: number;
  readonly dof: number;
  readonly pTwoSided: number;
}

/**
 * Student's t test that paired differences, such as losses per row, have mean 0.
 *
 * @returns `null` with fewer than two differences, and when all are equal: no spread, no test.
 */
export function pairedT(differences: ArrayLike<number>): TTest | null {
  return tTest(differences, 1 / differences.length);
}

/**
 * The t test for differences between two learners over resampled splits, whose training sets overlap.
 *
 * The plain test treats them as independent and finds gains that are not there. Compares algorithms, not two fitted
 * models: for those use a paired test on one holdout.
 *
 * Source: Nadeau & Bengio (2003), Machine Learning 52: variance (1/J + test rows / training rows) s².
 */
export function correctedResampledT(differences: ArrayLike<number>, trainRows: number, testRows: number): TTest | null {
  return tTest(differences, 1 / differences.length + testRows / trainRows);
}

function tTest(differences: ArrayLike<number>, varianceFactor: number): TTest | null {
  const values = Array.from(differences);
  const dof = values.length - 1;
  if (dof < 1 || values.every((value) => value === values[0])) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  if (squares === 0) return null; // too small to square
  const t = mean / Math.sqrt((squares / dof) * varianceFactor);
  return { t, dof, pTwoSided: studentTTwoSided(t, dof) };
}
