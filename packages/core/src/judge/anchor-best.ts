import type { PairedComparison } from "../statistics/compare-paired.ts";
import { ALPHA } from "./alpha.ts";

/** The version that was last proved better, on the rows of a comparison that it scored best on. */
export interface AnchorBest {
  /** By the primary metric; positive, and beyond chance. */
  readonly overChampion: number;
  /** One-sided p of "no better than the champion". */
  readonly p: number;
  /** By the same metric; not negative. */
  readonly overChallenger: number;
}

/**
 * Whether the anchor scores best: it is better than the champion beyond chance, and the challenger does no better than it. Then
 * no retrain mends what the versions since have lost, and going back does.
 *
 * @param champion the anchor in the place of the challenger, against the champion.
 * @param challenger the challenger against the anchor.
 */
export function anchorBest(
  champion: Pick<PairedComparison, "improvement" | "pSuperior">,
  challenger: Pick<PairedComparison, "improvement">,
): AnchorBest | null {
  const { improvement: overChampion, pSuperior: p } = champion;
  if (overChampion === undefined || p === null || p > ALPHA || challenger.improvement === undefined) return null;
  return challenger.improvement > 0 ? null : { overChampion, p, overChallenger: -challenger.improvement };
}
