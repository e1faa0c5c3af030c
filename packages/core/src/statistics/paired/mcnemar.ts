import { binomialCdf, binomialPmf } from "../special/binomial.ts";

export interface McNemar {
  readonly pTwoSided: number;
  /** Two-sided mid-p: less conservative, keeps its size closely (Fagerland, Lydersen & Laake 2013). */
  readonly pMid: number;
  /** One-sided p of "the challenger is not better". */
  readonly pChallengerBetter: number;
}

/**
 * McNemar's exact test from the two numbers of rows on which only one of the models is right.
 *
 * Exact at every size: there is no switch to chi-squared. Without such rows every p is 1. Six against none is the
 * least that reaches 5 %.
 */
export function mcNemar(onlyChampionRight: number, onlyChallengerRight: number): McNemar {
  const discordant = onlyChampionRight + onlyChallengerRight;
  if (discordant === 0) return { pTwoSided: 1, pMid: 1, pChallengerBetter: 1 };
  const fewer = Math.min(onlyChampionRight, onlyChallengerRight);
  const pTwoSided = Math.min(1, 2 * binomialCdf(fewer, discordant, 0.5));
  return {
    pTwoSided,
    pMid: pTwoSided - binomialPmf(fewer, discordant, 0.5),
    pChallengerBetter: binomialCdf(onlyChampionRight, discordant, 0.5),
  };
}
