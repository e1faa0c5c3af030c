import { chiSquaredHomogeneity } from "../../src/statistics/two-sample/chi-squared-homogeneity.ts";
import { fisherExact } from "../../src/statistics/two-sample/fisher-exact.ts";
import { jensenShannonDistanceBase2, jensenShannonDivergence } from "../../src/statistics/two-sample/jensen-shannon.ts";
import { populationStability } from "../../src/statistics/two-sample/population-stability.ts";
import { type Adapters } from "./adapter.ts";

/** Tests and distances of two samples. */
export const twoSamples = {
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
} satisfies Adapters;
