const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/**
 * Counts (not negative) as Unicode bars, the largest full. Only 0 is as low as can be, so that one row among
 * thousands is still seen.
 */
export function sparkline(counts: readonly number[]): string {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  return counts.map((count) => bars[most === 0 ? 0 : Math.ceil((7 * count) / most)]).join("");
}
