/**
 * Jensen-Shannon divergence in nats, in [0, log 2], of two lists of counts, which are normalised first.
 *
 * Mind the name: a *distance* is the root of a divergence, and thresholds of one base mean nothing in another.
 * Source: Lin (1991), IEEE Transactions on Information Theory 37.
 *
 * @returns `null` when a list has no counts.
 */
export function jensenShannonDivergence(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  let n = 0;
  let m = 0;
  for (let bin = 0; bin < first.length; bin++) {
    n += first[bin]!;
    m += second[bin]!;
  }
  if (n === 0 || m === 0) return null;
  let sum = 0;
  for (let bin = 0; bin < first.length; bin++) {
    const p = first[bin]! / n;
    const q = second[bin]! / m;
    if (p > 0) sum += p * Math.log((2 * p) / (p + q));
    if (q > 0) sum += q * Math.log((2 * q) / (p + q));
  }
  return Math.max(0, sum / 2);
}

/** Root of the divergence in bits: 0 for equal shares, 1 for disjoint ones. */
export function jensenShannonDistanceBase2(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  const divergence = jensenShannonDivergence(first, second);
  return divergence === null ? null : Math.sqrt(divergence / Math.LN2);
}
