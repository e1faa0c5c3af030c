/** |ours − truth| / |truth|; the absolute error where the truth is 0. */
export function relativeError(ours: number, truth: number): number {
  return Math.abs(ours - truth) / (truth === 0 ? 1 : Math.abs(truth));
}
