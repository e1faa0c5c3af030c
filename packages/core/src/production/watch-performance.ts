import { bisect } from "../statistics/special/bisect.ts";
import type { LiveDay } from "./live-windows.ts";
import type { MeasuredSums } from "./measure-sums.ts";
import {
  mixtureOf,
  usualDropOf,
  type DayStretch,
  stretchesOf,
  type WatchPolicy,
  weighedEvidence,
} from "./performance-evidence.ts";

export interface WatchedPerformance {
  /** Metric of all mature days of the version; `null`: too few labels yet. */
  readonly live: MeasuredSums | null;
  /** How much worse than the reference, in units of the metric; negative: better. */
  readonly drop: number | null;
  /** The drop is at least this large, with confidence 1 − alpha over all looks; it may be negative, and −Infinity says nothing. */
  readonly leastDrop: number;
  /** Evidence that the drop exceeds the margin; at most 1 in the mean where it does not. */
  readonly evidence: number;
  readonly isAlarm: boolean;
  /** First day of the week since which the evidence is strongest, `YYYY-MM-DD`; `null` without evidence. */
  readonly since: string | null;
}

/**
 * Whether a version has become worse than it was when it was judged, at one of any number of looks. Stateless: the same days
 * give the same answer, and looking again costs nothing.
 *
 * The live metric is nearly normal around its true value with its standard error, the reference likewise. Under "no worse than the margin" the
 * likelihood ratio of a drop d against none, for all that was seen so far, is exp((d·x − d²/2) / (v + r)) where x is the drop seen, and v and r are the variances of
 * the live value and of the reference: a martingale over the days, since an error of the reference is drawn only once. Its mean over drops d
 * (half of a normal distribution) is one, too, and so is the mean over the weeks in which the drop may have begun: half of the weight is on "from
 * the start", the rest on week k by 1 / (k (k + 1)). Ville's inequality then holds the chance of ever exceeding 1 / alpha.
 *
 * Sources: Robbins (1970), Annals of Mathematical Statistics 41, for the mixture; Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), "Time-uniform central limit
 * theory and asymptotic confidence sequences", Annals of Statistics 52, for estimates that are only nearly normal; Shin, Ramdas & Rinaldo (2024), "E-detectors",
 * New England Journal of Statistics in Data Science 2, for the mean over times of change.
 *
 * @param days mature days of one version since `promotedOn`, in any order. Weeks count from there.
 * @param promotedOn `YYYY-MM-DD`.
 */
export function watchPerformance(
  days: readonly LiveDay[],
  promotedOn: string,
  policy: WatchPolicy,
): WatchedPerformance {
  const stretches = stretchesOf(days, promotedOn, policy);
  const whole = stretches.at(-1);
  const threshold = 1 / (policy.alpha ?? 0.05);
  const scale = usualDropOf(policy);
  const evidenceAt = (margin: number) => weighedEvidence(stretches, margin, scale);
  const evidence = evidenceAt(policy.margin);
  return {
    live: whole?.measured ?? null,
    drop: whole?.drop ?? null,
    leastDrop: leastDrop(stretches, (margin) => evidenceAt(margin) < threshold),
    evidence,
    isAlarm: evidence >= threshold,
    since: strongest(stretches, policy.margin, scale),
  };
}

/** The margin at which the evidence falls below what an alarm needs. */
function leastDrop(stretches: readonly DayStretch[], isBelow: (margin: number) => boolean): number {
  const drops = stretches.map(({ drop }) => drop);
  if (drops.length === 0) return -Infinity;
  const reach = 100 * Math.max(...stretches.map(({ variance }) => Math.sqrt(variance)));
  const [low, high] = [Math.min(...drops) - reach, Math.max(...drops)];
  return isBelow(low) ? -Infinity : bisect(low, high, isBelow);
}

function strongest(stretches: readonly DayStretch[], margin: number, scale: number): string | null {
  let found: { readonly from: string; readonly evidence: number } | null = null;
  for (const stretch of stretches) {
    const evidence = stretch.weight * mixtureOf(stretch, margin, scale);
    if (found === null || evidence > found.evidence) found = { from: stretch.from, evidence };
  }
  return found?.from ?? null;
}
