import { deLong } from "../../src/statistics/paired/delong.ts";
import { mcNemar } from "../../src/statistics/paired/mcnemar.ts";
import { bootstrapP } from "../../src/statistics/resampling/bootstrap-p.ts";
import {
  exactBootstrapMean,
  exactBootstrapQuantile,
} from "../../src/statistics/resampling/exact-bootstrap-mean.fixture.ts";
import { quantile } from "../../src/statistics/resampling/quantile.ts";
import { normalQuantile, normalSf } from "../../src/statistics/special/normal.ts";
import { floats, type Adapters } from "./adapter.ts";

/** Tests of paired models, and the bootstrap. */
export const pairs = {
  mcnemar(input: { champion_only_correct: number; challenger_only_correct: number }) {
    const test = mcNemar(input.champion_only_correct, input.challenger_only_correct);
    return {
      p_exact_two_sided: test.pTwoSided,
      p_mid: test.pMid,
      p_exact_one_sided_challenger_better: test.pChallengerBetter,
    };
  },
  delong_paired({ y, champion, challenger }: { y: number[]; champion: number[]; challenger: number[] }) {
    const test = deLong(floats(y), floats(champion), floats(challenger));
    if (test === null) return null;
    const { difference, standardError } = test;
    const z = difference === 0 ? 0 : difference / standardError;
    const bound = (probability: number) => difference + normalQuantile(probability) * standardError;
    return {
      auc_champion: test.aucChampion,
      auc_challenger: test.aucChallenger,
      var_champion: test.varianceChampion,
      var_challenger: test.varianceChallenger,
      cov: test.covariance,
      diff: difference,
      se_diff: standardError,
      z,
      p_two_sided: 2 * normalSf(Math.abs(z)),
      ci95: [bound(0.025), bound(0.975)],
      ci90_lower_onesided95: bound(0.05),
      "p_noninferior_margin_0.02": standardError > 0 ? normalSf((difference + 0.02) / standardError) : null,
    };
  },
  bca_from_replicates(input: { replicates: number[]; level: number }) {
    const replicates = floats(input.replicates);
    const sorted = replicates.slice().sort();
    return {
      percentile: [quantile(sorted, (1 - input.level) / 2), quantile(sorted, (1 + input.level) / 2)],
      p_one_sided_leq0: bootstrapP(replicates),
    };
  },
  exact_bootstrap_mean({ x }: { x: number[] }) {
    const exact = exactBootstrapMean(x);
    const average = (value: (mean: number) => number) =>
      exact.means.reduce((sum, mean, i) => sum + value(mean) * exact.counts[i]!, 0) / exact.resamples;
    const mean = average((value) => value);
    return {
      n_resamples: exact.resamples,
      mean,
      sd: Math.sqrt(average((value) => (value - mean) * (value - mean))),
      p2_5: exactBootstrapQuantile(exact, 0.025),
      p97_5: exactBootstrapQuantile(exact, 0.975),
      frac_le_0: average((value) => (value <= 0 ? 1 : 0)),
    };
  },
} satisfies Adapters;
