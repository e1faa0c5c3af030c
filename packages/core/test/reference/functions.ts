import {
  accuracy,
  balancedAccuracy,
  f1Of,
  macroAverage,
  matthewsCorrelation,
  precisionOf,
  recallOf,
  weightedAverage,
} from "../../src/metrics/classification.ts";
import { confusionOf } from "../../src/metrics/confusion.ts";
import { metrics } from "../../src/metrics/metrics.ts";
import { adwin } from "../../src/statistics/detectors/adwin.ts";
import { ddm } from "../../src/statistics/detectors/ddm.ts";
import { hddmA } from "../../src/statistics/detectors/hddm-a.ts";
import { pageHinkley } from "../../src/statistics/detectors/page-hinkley.ts";
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from "../../src/statistics/multiplicity/adjust-p.ts";
import { obrienFlemingSpent, pocockSpent } from "../../src/statistics/multiplicity/alpha-spending.ts";
import { harmonicAlpha } from "../../src/statistics/multiplicity/harmonic-alpha.ts";
import { deLong } from "../../src/statistics/paired/delong.ts";
import { mcNemar, mcNemarRowsNeeded } from "../../src/statistics/paired/mcnemar.ts";
import { correctedResampledT, pairedT } from "../../src/statistics/paired/paired-t.ts";
import { wilcoxonSignedRank } from "../../src/statistics/paired/wilcoxon.ts";
import { bcaInterval } from "../../src/statistics/resampling/bca.ts";
import { bootstrapP } from "../../src/statistics/resampling/bootstrap-p.ts";
import { exactBootstrapMean, exactBootstrapQuantile } from "../../src/statistics/resampling/exact-bootstrap-mean.ts";
import { quantile } from "../../src/statistics/resampling/quantile.ts";
import { clopperPearsonInterval, wilsonInterval } from "../../src/statistics/special/binomial-interval.ts";
import { normalQuantile, normalSf } from "../../src/statistics/special/normal.ts";
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
import { refused, type Answer } from "./compare.ts";

/** Numbers of a case's input; NaN and infinities are written as text. */
type Numbers = readonly (number | string)[];
interface OtherCase {
  readonly id: string;
  readonly input: { readonly stream_digits?: string };
}
type Adapter = (input: never, cases: readonly OtherCase[]) => Answer;

const floats = (numbers: Numbers) => Float64Array.from(numbers, Number);

/** Each `fn` of a case file, and the functions of ours that answer it. */
export const functions: Readonly<Record<string, Adapter | undefined>> = {
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
    const w1 = wasserstein1({ values: a }, { values: b });
    if (!a.every(Number.isFinite) || !b.every(Number.isFinite)) return w1;
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
  binary_score_metrics({ y, score }: { y: number[]; score: number[] }) {
    const rows = { task: "binary", classes: 2, target: floats(y), predictions: floats(score) } as const;
    return {
      roc_auc: metrics.rocAuc.evaluate(rows),
      average_precision: metrics.prAuc.evaluate(rows),
      brier: metrics.brier.evaluate(rows),
      "log_loss_eps1e-15": metrics.logLoss.evaluate(rows),
    };
  },
  ece_binary: ({ y, p }: { y: number[]; p: number[] }) => ({
    ece_mass10: metrics.ece.evaluate({ task: "binary", classes: 2, target: floats(y), predictions: floats(p) }),
  }),
  classification_metrics({ y_true, y_pred }: { y_true: number[]; y_pred: number[] }) {
    const labels = [...new Set([...y_true, ...y_pred])].sort((a, b) => a - b);
    const size = labels.length;
    const cells = new Float64Array(size * size);
    for (const [row, label] of y_true.entries()) cells[labels.indexOf(label) * size + labels.indexOf(y_pred[row]!)]!++;
    const confusion = confusionOf(cells, size);
    return {
      accuracy: accuracy(confusion),
      balanced_accuracy: balancedAccuracy(confusion),
      f1_macro: macroAverage(confusion, f1Of),
      precision_macro: macroAverage(confusion, precisionOf),
      recall_macro: macroAverage(confusion, recallOf),
      f1_weighted: weightedAverage(confusion, f1Of),
      precision_weighted: weightedAverage(confusion, precisionOf),
      recall_weighted: weightedAverage(confusion, recallOf),
      // Micro averages over single labels are all the accuracy.
      f1_micro: accuracy(confusion),
      precision_micro: accuracy(confusion),
      recall_micro: accuracy(confusion),
      // Undefined for us with one class; scikit-learn says 0.
      mcc: matthewsCorrelation(confusion) ?? 0,
      confusion: labels.map((_, row) => [...cells.subarray(row * size, (row + 1) * size)]),
      labels,
    };
  },
  regression_metrics({ y_true, y_pred }: { y_true: number[]; y_pred: number[] }) {
    const rows = { task: "regression", classes: 0, target: floats(y_true), predictions: floats(y_pred) } as const;
    const rmse = metrics.rmse.evaluate(rows);
    // Undefined for us when the target is constant; scikit-learn then says 1 for perfect predictions, else 0.
    const ofConstant = y_true.length < 2 ? undefined : rmse === 0 ? 1 : 0;
    return {
      mae: metrics.mae.evaluate(rows),
      mse: rmse === undefined ? undefined : rmse * rmse,
      rmse,
      r2: metrics.r2.evaluate(rows) ?? ofConstant,
      mape: metrics.mape.evaluate(rows),
    };
  },
  mcnemar(input: { champion_only_correct: number; challenger_only_correct: number }) {
    const test = mcNemar(input.champion_only_correct, input.challenger_only_correct);
    return {
      p_exact_two_sided: test.pTwoSided,
      p_mid: test.pMid,
      p_exact_one_sided_challenger_better: test.pChallengerBetter,
    };
  },
  mcnemar_n_needed: (input: { discordance: number; delta_acc: number; alpha_two_sided: number; power: number }) => ({
    n_rows: mcNemarRowsNeeded(input.discordance, input.delta_acc, input.alpha_two_sided, input.power),
  }),
  mann_whitney_u({ x, y }: { x: Numbers; y: Numbers }) {
    const [a, b] = [floats(x), floats(y)];
    const test = mannWhitney(a, b);
    return (
      test && {
        U1: test.u,
        auc: test.auc,
        p_asymp_cc: test.pTwoSided,
        p_asymp_nocc: mannWhitney(a, b, { continuity: false })?.pTwoSided,
        p_asymp_cc_less: test.pLess,
        p_exact: mannWhitneyExact(a, b),
      }
    );
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
  p_adjust({ p }: { p: Numbers }) {
    const tests = p.map((value) => (Number.isNaN(Number(value)) ? null : Number(value)));
    const rejected = (adjusted: readonly (number | null)[]) => adjusted.map((value) => value !== null && value <= 0.05);
    return {
      bonferroni: bonferroni(tests),
      holm: holm(tests),
      bh: benjaminiHochberg(tests),
      by: benjaminiYekutieli(tests),
      reject_bh_05: rejected(benjaminiHochberg(tests)),
      reject_holm_05: rejected(holm(tests)),
    };
  },
  binomial_ci95: ({ k, n }: { k: number; n: number }) => ({
    wilson: wilsonInterval(k, n),
    clopper_pearson: clopperPearsonInterval(k, n),
  }),
  bca_from_replicates(input: { theta_hat: number; replicates: number[]; jackknife: number[]; level: number }) {
    const [replicates, jackknife] = [floats(input.replicates), floats(input.jackknife)];
    const bca = bcaInterval({ estimate: input.theta_hat, replicates, jackknife, level: input.level });
    const sorted = replicates.slice().sort();
    return {
      z0: bca?.bias,
      acceleration: bca?.acceleration,
      alpha_adj: bca?.probabilities,
      bca: bca?.interval,
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
  corrected_resampled_t({ diffs, n_train, n_test }: { diffs: number[]; n_train: number; n_test: number }) {
    const [naive, corrected] = [pairedT(diffs), correctedResampledT(diffs, n_train, n_test)];
    return {
      t_naive: naive?.t,
      p_naive: naive?.pTwoSided,
      t_corrected: corrected?.t,
      p_corrected: corrected?.pTwoSided,
      dof: diffs.length - 1,
    };
  },
  paired_t({ a, b }: { a: number[]; b: number[] }) {
    const test = pairedT(a.map((value, row) => value - b[row]!));
    return { t: test?.t, p: test?.pTwoSided };
  },
  wilcoxon_signed_rank({ d }: { d: number[] }) {
    const test = wilcoxonSignedRank(floats(d));
    return { W: test?.w, p_normal_approx: test?.pTwoSided };
  },
  alpha_spending: ({ alpha, t }: { alpha: number; t: number[] }) => ({
    obf: t.map((share) => obrienFlemingSpent(alpha, share)),
    pocock: t.map((share) => pocockSpent(alpha, share)),
  }),
  harmonic_alpha_series: ({ alpha, k }: { alpha: number; k: number[] }) => ({
    alpha_k: k.map((look) => harmonicAlpha(alpha, look)),
  }),
  ddm(input: Stream & { params: { warm_start?: number; warning?: number; drift?: number } }, cases) {
    const { warm_start: warmStart, warning, drift } = input.params;
    return detected(ddm(stream(input, cases), given({ warmStart, warning, drift })));
  },
  hddm_a(input: Stream & { params: Record<string, never> }, cases) {
    const {
      drift_confidence: driftConfidence,
      warning_confidence: warningConfidence,
      two_sided_test: twoSided,
    } = input.params;
    return detected(hddmA(stream(input, cases), given({ driftConfidence, warningConfidence, twoSided })));
  },
  page_hinkley(input: Stream & { params: Record<string, number> }, cases) {
    const { min_instances: minInstances, delta, threshold, alpha } = input.params;
    const drifts = pageHinkley(stream(input, cases), given({ minInstances, delta, threshold, alpha }));
    return detected({ drifts, warnings: [] });
  },
  adwin: (input: AdwinInput, cases) => adwinAnswer(input, cases, false),
  adwin_legacy: (input: AdwinInput, cases) => adwinAnswer(input, cases, true),
};

/** Fields of the reference file that we have no function for, each with the reason. */
export const notOurs: Readonly<Record<string, readonly string[]>> = {
  // The one-sample law at a rounded size is SciPy's own choice; the fraction is p_exact in another form.
  ks_2samp_two_sided: ["p_scipy_asymp", "p_exact_fraction", "p_exact_scipy"],
  chi2_contingency: ["yates"], // makes the test conservative; small tables go to Fisher's
  jensen_shannon: ["linf", "tvd", "hellinger"],
  wasserstein_1d: ["evidently_norm", "w1_normed_evidently"], // the absolute floor is the defect
  psi_from_counts: ["psi_eps_1e_4"], // another rule for empty bins; ours is pinned
  psi_numeric_deciles: ["psi_eps_1e_4"],
  binary_score_metrics: ["log_loss_eps2.22e-16"], // another clip; ours is pinned
  ece_binary: ["ece_width10", "mce_width10", "ece_width15"], // other bins; ours are pinned
  classification_metrics: ["cohen_kappa"],
  regression_metrics: ["medae"],
  mcnemar: ["chi2", "p_chi2", "chi2_cc", "p_chi2_cc"], // ours is exact at every size
  mann_whitney_u: ["hodges_lehmann_x_minus_y"],
};

function refusal(call: () => unknown): typeof refused {
  try {
    call();
  } catch (error) {
    if (error instanceof RangeError) return refused;
    throw error;
  }
  throw new Error("expected a refusal");
}

interface Stream {
  readonly stream_digits?: string;
  /** Id of the case whose stream this is. */
  readonly stream_same_as?: string;
}

function stream({ stream_digits, stream_same_as }: Stream, cases: readonly OtherCase[]): number[] {
  const digits = stream_digits ?? cases.find(({ id }) => id === stream_same_as)?.input.stream_digits;
  if (digits === undefined) throw new Error(`no case "${stream_same_as}" with a stream`);
  return Array.from(digits, Number);
}

function detected({ drifts, warnings }: { drifts: readonly number[]; warnings: readonly number[] }): Answer {
  return { drift_indices: drifts, first_warning_indices: warnings.slice(0, 5) }; // the reference lists five
}

interface AdwinInput extends Stream {
  readonly params: {
    readonly delta?: number;
    readonly clock?: number;
    readonly max_buckets?: number;
    readonly min_window_length?: number;
    readonly grace_period?: number;
  };
}

function adwinAnswer(input: AdwinInput, cases: readonly OtherCase[], legacy: boolean): Answer {
  const {
    delta,
    clock,
    max_buckets: maxBuckets,
    min_window_length: minWindow,
    grace_period: gracePeriod,
  } = input.params;
  const options = given({ delta, clock, maxBuckets, minWindow, gracePeriod });
  const changes = adwin(stream(input, cases), { ...options, legacy });
  return detected({ drifts: changes.map(({ at }) => at), warnings: [] });
}

/** Without the fields that a case leaves to the default. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
