import type { Adapters } from "./adapter.ts";
import { manyTests } from "./many-tests.ts";
import { ofPredictions } from "./predictions.ts";
import { pairs } from "./pairs.ts";
import { streams } from "./streams.ts";
import { twoSamples } from "./two-samples.ts";

export const functions: Adapters = { ...twoSamples, ...ofPredictions, ...pairs, ...manyTests, ...streams };

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
