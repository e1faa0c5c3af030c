import type { MetricName } from "../spec/metric-names.ts";
import { normalCdf } from "../statistics/special/normal.ts";
import { DAY } from "../time.ts";
import type { Estimate } from "./delta-method.ts";
import type { LiveDay } from "./live-windows.ts";
import { type MeasuredSums, measureSums } from "./measure-sums.ts";
import { addSums, noSums, type ProductionSums } from "./production-sums.ts";

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

/** Estimates need this many rows, and of either class this many, to be nearly normal. */
const leastRows = 100;
const leastOfClass = 20;
/** Drops about as large as this share of the reference are looked for first. */
const usualDrop = 0.05;

/** A stretch of days that ends today: how much worse it is than the reference, and the variance of that. */
export interface DayStretch {
  /** First day of its first week, `YYYY-MM-DD`. */
  readonly from: string;
  readonly measured: MeasuredSums;
  readonly weight: number;
  readonly drop: number;
  readonly variance: number;
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
export function usualDropOf({ reference }: WatchPolicy): number {
  return Math.max(usualDrop * Math.abs(reference.value), 2 * reference.standardError);
}

/** The longest last. */
export function stretchesOf(days: readonly LiveDay[], promotedOn: string, policy: WatchPolicy): DayStretch[] {
  const start = Date.parse(`${promotedOn}T00:00:00Z`);
  const weekOf = (day: string) => Math.max(0, Math.floor((Date.parse(`${day}T00:00:00Z`) - start) / (7 * DAY)));
  const byWeek = new Map<number, ProductionSums>();
  for (const { day, sums } of days) byWeek.set(weekOf(day), addSums(byWeek.get(weekOf(day)) ?? noSums, sums));
  const first = Math.min(...byWeek.keys());
  let sums = noSums;
  const stretches: DayStretch[] = [];
  for (const week of [...byWeek.keys()].sort((a, b) => b - a)) {
    sums = addSums(byWeek.get(week)!, sums);
    const measured = isEnough(sums) ? measureSums(sums, policy.metric) : null;
    if (measured === null) continue;
    const errors = [Math.max(measured.standardError, leastError(measured, policy)), policy.reference.standardError];
    stretches.push({
      measured,
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
export function weighedEvidence(stretches: readonly DayStretch[], margin: number, scale: number): number {
  const weighed = stretches.reduce((sum, { weight }) => sum + weight, 0);
  return stretches.reduce((sum, stretch) => sum + stretch.weight * mixtureOf(stretch, margin, scale), 1 - weighed);
}

/**
 * Mean over d > 0, half-normal with the scale s, of exp((d·x − d²/2) / v): 2 √(v / (v + s²)) exp(x² s² / (2 v (v + s²))) Φ(x s / √(v (v + s²))).
 * At most the largest double.
 */
export function mixtureOf(
  { drop, variance }: Pick<DayStretch, "drop" | "variance">,
  margin: number,
  scale: number,
): number {
  const x = drop - margin;
  const sum = variance + scale * scale;
  const lean = (x * scale) / Math.sqrt(variance * sum);
  return Math.min(2 * Math.sqrt(variance / sum) * tailRatio(lean), Number.MAX_VALUE);
}

/** exp(z² / 2) Φ(z); far below 0, where that is infinity times 0, by its limit 1 / (|z| √(2π)). */
function tailRatio(z: number): number {
  return z < -30 ? 1 / (-z * Math.sqrt(2 * Math.PI)) : Math.exp((z * z) / 2) * normalCdf(z);
}
