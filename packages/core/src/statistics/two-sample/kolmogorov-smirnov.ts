import { kolmogorovCritical, kolmogorovQ } from "../special/kolmogorov.ts";

export interface KolmogorovSmirnov {
  /** Largest distance of the two empirical distribution functions, in [0, 1]. */
  readonly statistic: number;
  /** Two-sided, conditional on the pooled values, so that ties are counted for what they are. */
  readonly p: number;
  readonly method: "exact" | "asymptotic";
}

/** Products of sample sizes up to here are counted exactly: 5000 × 5000 takes about 0.1 s. */
const largestExact = 25_000_000;

/**
 * Two-sample Kolmogorov-Smirnov test; `null` when a sample is empty.
 *
 * Exact up to 25 million pairs (path counting, Hodges 1958, checked only after the last of tied values, as in R's
 * `psmirnov`), beyond it the Kolmogorov limit with Stephens' correction.
 *
 * @throws RangeError for NaN, which has no rank: strip and count missing values first.
 */
export function kolmogorovSmirnov(x: Float64Array, y: Float64Array): KolmogorovSmirnov | null {
  const [first, second] = countsByValue(x, y);
  return kolmogorovSmirnovOfCounts(first, second);
}

/**
 * The same test from counts per distinct value or per bin, in ascending order of the values.
 *
 * @throws RangeError when the two lists differ in length.
 */
export function kolmogorovSmirnovOfCounts(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): KolmogorovSmirnov | null {
  if (first.length !== second.length) throw new RangeError(`${first.length} and ${second.length} counts do not align`);
  const groups = Array.from(first, (count, i) => [count, second[i]!] as const).filter(([a, b]) => a + b > 0);
  const n = groups.reduce((sum, [count]) => sum + count, 0);
  const m = groups.reduce((sum, [, count]) => sum + count, 0);
  if (n === 0 || m === 0) return null;

  const distance = largestDistance(groups, n, m);
  const statistic = distance / (n * m);
  if (n * m > largestExact) {
    return { statistic, p: kolmogorovSmirnovAsymptotic(statistic, n, m), method: "asymptotic" };
  }
  const groupEnds = new Uint8Array(n + m + 1);
  let place = 0;
  groupEnds[0] = 1;
  for (const [a, b] of groups) groupEnds[(place += a + b)] = 1;
  return { statistic, p: pathsOutside(n, m, distance, groupEnds), method: "exact" };
}

/** Exact p if no two values were equal, whatever the data: conservative under ties. */
export function kolmogorovSmirnovUntied(statistic: number, n: number, m: number): number {
  return pathsOutside(n, m, Math.round(statistic * n * m), new Uint8Array(n + m + 1).fill(1));
}

/**
 * Asymptotic p. `stephens` shifts lambda by Stephens' (1970) correction, which makes small samples usable.
 */
export function kolmogorovSmirnovAsymptotic(statistic: number, n: number, m: number, stephens = true): number {
  const root = Math.sqrt((n * m) / (n + m));
  return kolmogorovQ(statistic * (stephens ? root + 0.12 + 0.11 / root : root));
}

/** The distance that samples of these sizes exceed with probability `alpha` when nothing differs, in the limit. */
export function kolmogorovSmirnovCritical(alpha: number, n: number, m: number): number {
  return kolmogorovCritical(alpha) / Math.sqrt((n * m) / (n + m));
}

function countsByValue(x: Float64Array, y: Float64Array): [number[], number[]] {
  const a = x.slice().sort();
  const b = y.slice().sort();
  const first: number[] = [];
  const second: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    const [startI, startJ] = [i, j];
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    if (i === startI && j === startJ) throw new RangeError("NaN has no rank");
    first.push(i - startI);
    second.push(j - startJ);
  }
  return [first, second];
}

/** The statistic times n × m: an integer, so that "at least as far" is exact. */
function largestDistance(groups: readonly (readonly [number, number])[], n: number, m: number): number {
  let i = 0;
  let j = 0;
  let largest = 0;
  for (const [a, b] of groups) {
    i += a;
    j += b;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  return largest;
}

/**
 * Probability that a random order of n and m rows has somewhere, at the end of a group of ties, a distance of at
 * least `distance`. The outside mass itself is carried, as probabilities: no binomials, and no 1 − … for a small p.
 */
function pathsOutside(n: number, m: number, distance: number, groupEnds: Uint8Array): number {
  const row = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (groupEnds[i + j] === 1 && Math.abs(i * m - j * n) >= distance) row[j] = 1;
      else if (i + j > 0) row[j] = (row[j]! * i + (j > 0 ? row[j - 1]! * j : 0)) / (i + j);
    }
  }
  return row[m]!;
}
