import { normalSf } from "../special/normal.ts";
import { sortedOrder } from "../resampling/sorted-order.ts";

export interface MannWhitney {
  /** Pairs in which x is above y, ties counting half. */
  readonly u: number;
  /** u as a share of all pairs. */
  readonly auc: number;
  readonly pTwoSided: number;
  /** One-sided p of "x is not below y". */
  readonly pLess: number;
}

/**
 * Mann-Whitney test that values of `x` are neither above nor below those of `y`, by the normal approximation with
 * correction for ties, and for continuity unless switched off. p is 1 when all values are tied.
 *
 * Source: Mann & Whitney (1947); Hollander & Wolfe (1999), section 4.1. `null` when a sample is empty.
 */
export function mannWhitney(x: Float64Array, y: Float64Array, { continuity = true } = {}): MannWhitney | null {
  const pairs = x.length * y.length;
  if (pairs === 0) return null;
  const n = x.length + y.length;
  const { u, ties } = rank(x, y);
  const deviation = Math.sqrt((pairs / 12) * (n + 1 - ties / (n * (n - 1))));
  const shift = continuity ? 0.5 : 0;
  const tail = (above: number) => (deviation > 0 ? normalSf((above - pairs / 2 - shift) / deviation) : 1);
  return { u, auc: u / pairs, pTwoSided: Math.min(1, 2 * tail(Math.max(u, pairs - u))), pLess: tail(pairs - u) };
}

/**
 * The exact two-sided p, by counting; `null` with ties or an empty sample. Time and memory grow with (n m)²: for
 * samples of at most a few dozen.
 */
export function mannWhitneyExact(x: Float64Array, y: Float64Array): number | null {
  const [n, m] = [x.length, y.length];
  if (n === 0 || m === 0) return null;
  const { u, ties } = rank(x, y);
  if (ties > 0) return null;
  // rows[j][k]: probability that i values of x and j of y make k pairs with x above y.
  let rows = Array.from({ length: m + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= n; i++) {
    const next = [Float64Array.of(1)];
    for (let j = 1; j <= m; j++) {
      // The largest value is from x, above all j of y, or from y.
      const largestX = rows[j]!;
      const largestY = next[j - 1]!;
      next.push(
        Float64Array.from({ length: i * j + 1 }, (_, k) => {
          return ((largestX[k - j] ?? 0) * i + (largestY[k] ?? 0) * j) / (i + j);
        }),
      );
    }
    rows = next;
  }
  const tail = rows[m]!.subarray(Math.max(u, n * m - u)).reduce((sum, value) => sum + value, 0);
  return Math.min(1, 2 * tail);
}

/** u, and the sum of t³ − t over groups of t tied values. */
function rank(x: Float64Array, y: Float64Array): { u: number; ties: number } {
  const pooled = new Float64Array(x.length + y.length);
  pooled.set(x);
  pooled.set(y, x.length);
  const order = sortedOrder(pooled);
  let [u, ties, below] = [0, 0, 0];
  for (let start = 0; start < order.length;) {
    let end = start;
    let fromX = 0;
    while (end < order.length && pooled[order[end]!] === pooled[order[start]!]) if (order[end++]! < x.length) fromX++;
    const size = end - start;
    u += fromX * (below + (size - fromX) / 2);
    below += size - fromX;
    ties += size * size * size - size;
    start = end;
  }
  return { u, ties };
}
