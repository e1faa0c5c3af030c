import type { Adapters } from "./adapter.ts";
import { manyTests } from "./many-tests.ts";
import { ofPredictions } from "./predictions.ts";
import { pairs } from "./pairs.ts";
import { twoSamples } from "./two-samples.ts";

export const functions: Adapters = { ...twoSamples, ...ofPredictions, ...pairs, ...manyTests };

/** Fields of the reference file that we have no function for, each with the reason. */
export const notOurs: Readonly<Record<string, readonly string[]>> = {
  chi2_contingency: ["yates"], // makes the test conservative; small tables go to Fisher's
  jensen_shannon: ["linf", "tvd", "hellinger"],
  psi_from_counts: ["psi_eps_1e_4"], // another rule for empty bins; ours is pinned
  binary_score_metrics: ["log_loss_eps2.22e-16"], // another clip; ours is pinned
  ece_binary: ["ece_width10", "mce_width10", "ece_width15"], // other bins; ours are pinned
  classification_metrics: ["cohen_kappa"],
  regression_metrics: ["medae"],
  bca_from_replicates: ["z0", "acceleration", "alpha_adj", "bca"], // our intervals are percentiles
  p_adjust: ["bonferroni", "by"], // Holm's is never worse; no alert rests on arbitrary dependence
  binomial_ci95: ["clopper_pearson"],
  mcnemar: ["chi2", "p_chi2", "chi2_cc", "p_chi2_cc"], // ours is exact at every size
};
