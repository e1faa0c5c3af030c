const Z_99 = 2.326;

/** Rows of a class, of how many. */
type Hits = readonly [hits: number, rows: number];

/**
 * Odds ratio of two groups of rows with half a row added to each cell (Haldane 1956, Anscombe 1956) and Woolf's (1955) lower
 * bound, one-sided, 99 %.
 */
export function oddsRatio([hits, rows]: Hits, [otherHits, otherRows]: Hits): { ratio: number; low: number } {
  const cells = [hits, rows - hits, otherHits, otherRows - otherHits].map((count) => count + 0.5);
  const [a, b, c, d] = cells as [number, number, number, number];
  const logarithm = Math.log((a * d) / (b * c));
  const error = Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  return { ratio: Math.exp(logarithm), low: Math.exp(logarithm - Z_99 * error) };
}
