/** Tables count as equally likely when their probabilities differ by less than this, which is rounding. */
const rounding = 1e-7;

/**
 * Fisher's exact test of a 2 × 2 table, two-sided: the probability, margins given, of tables no likelier than this.
 *
 * The odds ratio is the plain one, ad / bc: infinite when only bc is 0, and `null` when a margin is 0.
 *
 * Source: Fisher (1934); the two-sided rule of R and SciPy. Probabilities come from ratios of neighbours, counted
 * from the likeliest table, so that nothing overflows; exact to about 1e-15 × the smallest margin.
 */
export function fisherExact(table: readonly [readonly [number, number], readonly [number, number]]): {
  oddsRatio: number | null;
  p: number;
} {
  const [[a, b], [c, d]] = table;
  const [firstRow, firstColumn, n] = [a + b, a + c, a + b + c + d];
  const least = Math.max(0, firstRow + firstColumn - n);
  const most = Math.min(firstRow, firstColumn);
  if (least === most) return { oddsRatio: null, p: 1 };

  // How much likelier the table with k + 1 in its first cell is than the one with k.
  const step = (k: number) => ((firstRow - k) * (firstColumn - k)) / ((k + 1) * (n - firstRow - firstColumn + k + 1));
  const mode = Math.min(most, Math.floor(((firstRow + 1) * (firstColumn + 1)) / (n + 2)));
  const weights = new Float64Array(most - least + 1);
  weights[mode - least] = 1;
  for (let k = mode; k < most; k++) weights[k + 1 - least] = weights[k - least]! * step(k);
  for (let k = mode; k > least; k--) weights[k - 1 - least] = weights[k - least]! / step(k - 1);

  const limit = weights[a - least]! * (1 + rounding);
  const unlikely = weights.filter((weight) => weight <= limit).reduce((sum, weight) => sum + weight, 0);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return { oddsRatio: (a * d) / (b * c), p: Math.min(1, unlikely / all) };
}
