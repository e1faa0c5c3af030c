import { comparePaired } from "../statistics/compare-paired.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";
import { normalCdf, normalQuantile } from "../statistics/special/normal.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { runTests } from "./run-tests.ts";

export interface ChainRequest {
  readonly seed: number;
  readonly nights: number;
  /** Rows of each night's holdout; every night has rows of its own. */
  readonly rows: number;
  /** By how much each challenger's true ROC AUC is below that of the champion it meets. */
  readonly loss: number;
  /** What each challenger must show; the margin is that of a proof. */
  readonly refresh: ModelSpec["refresh"];
  readonly margin: number;
  /** Whether a challenger must hold its own against the anchor too. */
  readonly anchored: boolean;
}

const FIRST_AUC = 0.8;

/**
 * A refresh every night, each truly a little worse than the champion; what is not shown to be inferior takes its place.
 * The anchor stays the first model, since none is ever proved better.
 *
 * @returns how far the last champion's true ROC AUC is below the anchor's.
 */
export function lossOfChain({ seed, nights, rows, loss, refresh, margin, anchored }: ChainRequest): number {
  const next = randomBits(seed, 0);
  const normal = () => normalQuantile((next() + 0.5) / 4_294_967_296);
  let auc = FIRST_AUC;
  for (let night = 0; night < nights; night++) {
    const target = Float64Array.from({ length: rows }, () => Number(normalCdf(normal()) < 0.3));
    const common = target.map(() => Math.sqrt(0.8) * normal()); // the models agree on most
    const scores = (of: number) => {
      const signal = Math.SQRT2 * normalQuantile(of);
      return target.map((label, row) => signal * label + common[row]! + Math.sqrt(0.2) * normal());
    };
    const challenger = scores(auc - loss);
    const against = (opponent: Float64Array) =>
      comparePaired({ metric: "rocAuc", task: "binary", classes: 2, target, seed, champion: opponent, challenger });
    const opponents = { champion: against(scores(auc)), anchor: anchored ? against(scores(FIRST_AUC)) : null };
    const tests = runTests("refresh", opponents, { refresh, margin, alpha: 0.05 });
    if (tests.every(({ passed }) => passed)) auc -= loss;
  }
  return FIRST_AUC - auc;
}
