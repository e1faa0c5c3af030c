import { benjaminiHochberg, holm } from "../../src/statistics/multiplicity/adjust-p.ts";
import { harmonicAlpha } from "../../src/statistics/multiplicity/harmonic-alpha.ts";
import { wilsonInterval } from "../../src/statistics/special/binomial-interval.ts";
import { type Adapters, type Numbers } from "./adapter.ts";

/** Many tests, many looks, and shares. */
export const manyTests = {
  p_adjust({ p }: { p: Numbers }) {
    const tests = p.map((value) => (Number.isNaN(Number(value)) ? null : Number(value)));
    const rejected = (adjusted: readonly (number | null)[]) => adjusted.map((value) => value !== null && value <= 0.05);
    return {
      holm: holm(tests),
      bh: benjaminiHochberg(tests),
      reject_bh_05: rejected(benjaminiHochberg(tests)),
      reject_holm_05: rejected(holm(tests)),
    };
  },
  harmonic_alpha_series: ({ alpha, k }: { alpha: number; k: number[] }) => ({
    alpha_k: k.map((look) => harmonicAlpha(alpha, look)),
  }),
  binomial_ci95: ({ k, n }: { k: number; n: number }) => ({
    wilson: wilsonInterval(k, n),
  }),
} satisfies Adapters;
