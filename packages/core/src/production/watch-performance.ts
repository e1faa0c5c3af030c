import type { MetricName } from "../spec/metric-names.ts";
import { bisect } from "../statistics/special/bisect.ts";
import { normalCdf } from "../statistics/special/normal.ts";
import type { Estimate } from "./delta-method.ts";
import type { LiveDay } from "./live-windows.ts";
import { measureSums } from "./measure-sums.ts";
import { addSums, noSums, type ProductionSums } from "./production-sums.ts";
import { DAY } from "../time.ts";

/** What a version is watched for. */
export interface WatchPolicy {
  readonly metric: MetricName;
  readonly higherIsBetter: boolean;
  /** The metric of the version when it was judged, on its holdout; what is uncertain about it counts. */
  readonly reference: Estimate;
  /** How much worse than the reference it may be without an alarm, in units of the metric; at least 0. */
  readonly margin: number;
  /** Chance of a false alarm in the whole life of the version. Default 0.05. */
  readonly alpha?: number;
}

export interface WatchedPerformance {
  /** Metric of all mature days of the version; `null`: too few labels yet. */
  readonly live: (Estimate & { readonly rows: number }) | null;
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

/** Estimates need this many rows, and of either class this many, to be nearly normal. */
const leastRows = 100;
const leastOfClass = 20;
/** Drops about as large as this share of the reference are looked for first. */
const usualDrop = 0.05;

/** A stretch of days that ends today: how much worse it is than the reference, and the variance of that. */
interface Stretch {
  readonly from: string;
  readonly weight: number;
  readonly drop: number;
  readonly variance: number;
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
  const whole = days.map(({ sums }) => sums).reduce(addSums, noSums);
  const live = isEnough(whole) ? measureSums(whole, policy.metric) : null;
  const threshold = 1 / (policy.alpha ?? 0.05);
  const scale = scaleOf(policy);
  const evidenceAt = (margin: number) => evidenceOf(stretches, margin, scale);
  const evidence = evidenceAt(policy.margin);
  return {
    live,
    drop: live === null ? null : dropOf(live.value, policy),
    leastDrop: leastDrop(stretches, (margin) => evidenceAt(margin) < threshold),
    evidence,
    isAlarm: evidence >= threshold,
    since: strongest(stretches, policy.margin, scale),
  };
}

/** Asymptotics need both classes. */
function isEnough({ rows, scores }: ProductionSums): boolean {
  const ofClass = scores.map((histogram) => histogram.reduce((sum, [, inBin]) => sum + inBin, 0));
  return rows >= leastRows && ofClass.every((inClass) => inClass >= leastOfClass);
}

function dropOf(value: number, { reference, higherIsBetter }: WatchPolicy): number {
  return higherIsBetter ? reference.value - value : value - reference.value;
}

/** Of the drops that are looked for first: never far below what the reference can show. */
function scaleOf({ reference }: WatchPolicy): number {
  return Math.max(usualDrop * Math.abs(reference.value), 2 * reference.standardError);
}

function stretchesOf(days: readonly LiveDay[], promotedOn: string, policy: WatchPolicy): Stretch[] {
  const start = Date.parse(`${promotedOn}T00:00:00Z`);
  const weekOf = (day: string) => Math.max(0, Math.floor((Date.parse(`${day}T00:00:00Z`) - start) / (7 * DAY)));
  const byWeek = new Map<number, ProductionSums>();
  for (const { day, sums } of days) byWeek.set(weekOf(day), addSums(byWeek.get(weekOf(day)) ?? noSums, sums));
  const first = Math.min(...byWeek.keys());
  let sums = noSums;
  const stretches: Stretch[] = [];
  for (const week of [...byWeek.keys()].sort((a, b) => b - a)) {
    sums = addSums(byWeek.get(week)!, sums);
    const measured = isEnough(sums) ? measureSums(sums, policy.metric) : null;
    if (measured === null) continue;
    const errors = [Math.max(measured.standardError, leastError(measured, policy)), policy.reference.standardError];
    stretches.push({
      from: new Date(start + week * 7 * DAY).toISOString().slice(0, 10),
      // Weeks before the first one with labels say the same as that one.
      weight: week === first ? 1 - 0.5 / (week + 1) : 0.5 / (week * (week + 1)),
      drop: dropOf(measured.value, policy),
      variance: errors.reduce((variance, error) => variance + error * error, 0),
    });
  }
  return stretches;
}

/** Rows that are all alike, such as all wrong, have an error of 0, which is not to be believed: that of about one row. */
function leastError({ value, rows }: Estimate & { readonly rows: number }, { reference }: WatchPolicy): number {
  return Math.max(Math.abs(reference.value), Math.abs(value), Number.EPSILON) / rows;
}

/** What has not been weighed in any stretch has stayed 1. */
function evidenceOf(stretches: readonly Stretch[], margin: number, scale: number): number {
  const weighed = stretches.reduce((sum, { weight }) => sum + weight, 0);
  return stretches.reduce((sum, stretch) => sum + stretch.weight * mixtureOf(stretch, margin, scale), 1 - weighed);
}

/**
 * Mean over d > 0, half-normal with the scale s, of exp((d·x − d²/2) / v): 2 √(v / (v + s²)) exp(x² s² / (2 v (v + s²))) Φ(x s / √(v (v + s²))).
 * At most the largest double.
 */
function mixtureOf({ drop, variance }: Stretch, margin: number, scale: number): number {
  const x = drop - margin;
  const sum = variance + scale * scale;
  const lean = (x * scale) / Math.sqrt(variance * sum);
  const mixture = 2 * Math.sqrt(variance / sum) * Math.exp((lean * lean) / 2) * normalCdf(lean);
  return Math.min(mixture, Number.MAX_VALUE);
}

/** The margin at which the evidence falls below what an alarm needs. */
function leastDrop(stretches: readonly Stretch[], isBelow: (margin: number) => boolean): number {
  const drops = stretches.map(({ drop }) => drop);
  if (drops.length === 0) return -Infinity;
  const reach = 100 * Math.max(...stretches.map(({ variance }) => Math.sqrt(variance)));
  const [low, high] = [Math.min(...drops) - reach, Math.max(...drops)];
  return isBelow(low) ? -Infinity : bisect(low, high, isBelow);
}

function strongest(stretches: readonly Stretch[], margin: number, scale: number): string | null {
  let found: { readonly from: string; readonly evidence: number } | null = null;
  for (const stretch of stretches) {
    const evidence = stretch.weight * mixtureOf(stretch, margin, scale);
    if (found === null || evidence > found.evidence) found = { from: stretch.from, evidence };
  }
  return found?.from ?? null;
}
