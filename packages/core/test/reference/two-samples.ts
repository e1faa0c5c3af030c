import { quantile } from "../../src/statistics/resampling/quantile.ts";
import { chiSquaredHomogeneity } from "../../src/statistics/two-sample/chi-squared-homogeneity.ts";
import { fisherExact } from "../../src/statistics/two-sample/fisher-exact.ts";
import { goodnessOfFit } from "../../src/statistics/two-sample/goodness-of-fit.ts";
import { jensenShannonDistanceBase2, jensenShannonDivergence } from "../../src/statistics/two-sample/jensen-shannon.ts";
import {
  kolmogorovSmirnov,
  kolmogorovSmirnovAsymptotic,
  kolmogorovSmirnovCritical,
  kolmogorovSmirnovUntied,
} from "../../src/statistics/two-sample/kolmogorov-smirnov.ts";
import { mannWhitney, mannWhitneyExact } from "../../src/statistics/two-sample/mann-whitney.ts";
import {
  countByEdges,
  populationStability,
  quantileEdges,
} from "../../src/statistics/two-sample/population-stability.ts";
import { populationDeviation, scaledWasserstein1, wasserstein1 } from "../../src/statistics/two-sample/wasserstein.ts";
import { floats, type Adapters, type Numbers } from "./adapter.ts";
import { refused } from "./compare.ts";

/** Beyond this, counting takes longer than a test should. */
const mostPairs = 20_000;

/** Tests and distances of two samples. */
export const twoSamples = {
  ks_2samp_two_sided({ x, y }: { x: Numbers; y: Numbers }) {
    const [a, b] = [floats(x), floats(y)];
    if (a.some(Number.isNaN) || b.some(Number.isNaN)) return refusal(() => kolmogorovSmirnov(a, b));
    const test = kolmogorovSmirnov(a, b);
    if (test === null) return null;
    const { statistic, p, method } = test;
    return {
      D: statistic,
      p_asymp_kolmogorov: kolmogorovSmirnovAsymptotic(statistic, a.length, b.length, false),
      p_asymp_stephens: kolmogorovSmirnovAsymptotic(statistic, a.length, b.length),
      p_exact: kolmogorovSmirnovUntied(statistic, a.length, b.length),
      ...(method === "exact" && { p_exact_permutation_ties: p }),
    };
  },
  ks_critical_D_asymptotic: ({ n1, n2, alpha }: { n1: number; n2: number; alpha: number }) => ({
    D_crit: kolmogorovSmirnovCritical(alpha, n1, n2),
  }),
  chi2_contingency({ table }: { table: number[][] }) {
    const test = chiSquaredHomogeneity(table);
    return (
      test && {
        no_correction: { stat: test.statistic, p: test.p, dof: test.dof },
        min_expected: test.leastExpected,
        cramers_v: test.cramersV,
        cramers_v_bias_corrected: test.cramersVCorrected,
      }
    );
  },
  chi2_goodness_of_fit({ f_obs, f_exp }: { f_obs: number[]; f_exp: number[] }) {
    const test = goodnessOfFit(f_obs, f_exp);
    return test && { stat: test.statistic, p: test.p };
  },
  fisher_exact_2x2({ table }: { table: [[number, number], [number, number]] }) {
    const { oddsRatio, p } = fisherExact(table);
    return { odds_ratio: oddsRatio, p };
  },
  jensen_shannon({ p, q }: { p: number[]; q: number[] }) {
    const divergence = jensenShannonDivergence(p, q);
    return {
      distance_base_e: divergence === null ? null : Math.sqrt(divergence),
      distance_base_2: jensenShannonDistanceBase2(p, q),
      divergence_base_e: divergence,
      divergence_base_2: divergence === null ? null : divergence / Math.LN2,
    };
  },
  wasserstein_1d({ ref, cur }: { ref: Numbers; cur: Numbers }) {
    const [a, b] = [floats(ref), floats(cur)];
    if (a.some(Number.isNaN) || b.some(Number.isNaN)) return refusal(() => scaledWasserstein1(a, b));
    const w1 = wasserstein1({ values: a }, { values: b });
    if (!a.every(Number.isFinite) || !b.every(Number.isFinite)) return w1;
    if (w1 === null) return null;
    const sorted = a.slice().sort();
    return {
      w1,
      ref_std_pop: populationDeviation(a),
      w1_normed_pure: scaledWasserstein1(a, b),
      iqr: quantile(sorted, 0.75) - quantile(sorted, 0.25),
    };
  },
  wasserstein_1d_weighted: ({ u, v, wu, wv }: { u: number[]; v: number[]; wu: number[]; wv: number[] }) => ({
    w1: wasserstein1({ values: floats(u), weights: floats(wu) }, { values: floats(v), weights: floats(wv) }),
  }),
  psi_from_counts({ ref_counts, cur_counts }: { ref_counts: number[]; cur_counts: number[] }) {
    const smoothed = populationStability(ref_counts, cur_counts);
    const raw = populationStability(ref_counts, cur_counts, { smoothing: 0 });
    return {
      psi_laplace_half: smoothed?.psi,
      psi_raw: raw?.psi,
      expected_under_null: smoothed?.expected,
      crit_95: smoothed?.critical,
      p_chi2_laplace: smoothed?.p,
    };
  },
  psi_numeric_deciles({ ref, cur, bins }: { ref: Numbers; cur: Numbers; bins: number }) {
    const edges = quantileEdges(floats(ref), bins);
    const [before, after] = [countByEdges(floats(ref), edges), countByEdges(floats(cur), edges)];
    const stability = populationStability(before, after);
    return {
      inner_edges: [...edges],
      ref_counts: [...before],
      cur_counts: [...after],
      psi_laplace_half: stability?.psi,
      crit_95: stability?.critical,
    };
  },
  mann_whitney_u({ x, y }: { x: Numbers; y: Numbers }) {
    const [a, b] = [floats(x), floats(y)];
    if (a.some(Number.isNaN) || b.some(Number.isNaN)) return refusal(() => mannWhitney(a, b));
    const test = mannWhitney(a, b);
    return (
      test && {
        U1: test.u,
        auc: test.auc,
        p_asymp_cc: test.pTwoSided,
        p_asymp_nocc: mannWhitney(a, b, { continuity: false })?.pTwoSided,
        p_asymp_cc_less: test.pLess,
        ...(a.length * b.length <= mostPairs && { p_exact: mannWhitneyExact(a, b) }),
      }
    );
  },
} satisfies Adapters;

function refusal(call: () => unknown): typeof refused {
  try {
    call();
  } catch (error) {
    if (error instanceof RangeError) return refused;
    throw error;
  }
  throw new Error("expected a refusal");
}
