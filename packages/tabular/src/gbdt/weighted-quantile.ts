import type { LabelledRows } from "@refit/core/runtime";

/** The smallest target up to which at least a share `quantile` of the weight lies. O(n log n). */
export function weightedQuantile(
  { target, weights }: Pick<LabelledRows, "target" | "weights">,
  quantile: number,
): number {
  if (weights === undefined) {
    const sorted = target.slice().sort();
    return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(quantile * sorted.length))) - 1]!;
  }
  const order = Uint32Array.from(target.keys()).sort((a, b) => target[a]! - target[b]! || a - b);
  let wanted = quantile * weights.reduce((sum, weight) => sum + weight, 0);
  for (const row of order) {
    wanted -= weights[row]!;
    if (wanted <= 0) return target[row]!;
  }
  return target[order.at(-1)!]!;
}
