import type { MetricName } from "../spec/metric-names.ts";
import { normalQuantile } from "../statistics/special/normal.ts";
import type { ArrivalDay } from "./learn-delays.ts";
import type { DayMaturity } from "./mature-days.ts";
import { measureSums } from "./measure-sums.ts";
import { addSums, type ProductionSums } from "./production-sums.ts";

/** Sums of one version on one day, UTC. */
export interface LiveDay extends ArrivalDay {
  readonly sums: ProductionSums;
}

/** Days of a version that follow one another, with about as many labels as any other window. */
export interface LiveWindow {
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Labels. */
  readonly rows: number;
  /** `null`: not defined on these rows. */
  readonly value: number | null;
  /** Where the value of all such rows lies, with 95 %; read by itself, not as one look of many. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Only mature windows count. */
  readonly isMature: boolean;
}

const z = normalQuantile(0.975);

/**
 * The metric over time: mature days in order, cut whenever a window has enough labels, since a window of seven days means much for a busy model and
 * nothing for a quiet one. Days that are not mature make windows of their own kind, which have no effect anywhere.
 *
 * @param days of one version, in any order, with the maturity of each.
 * @param labels that a window has at least; the last one may have fewer.
 */
export function liveWindows(
  days: readonly LiveDay[],
  maturity: readonly DayMaturity[],
  metric: MetricName,
  labels: number,
): readonly LiveWindow[] {
  const matureDaysOnly = new Set(maturity.flatMap(({ day, immature }) => (immature === null ? [day] : [])));
  const ordered = days.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const windowsOf = (isMature: boolean) =>
    cut(
      ordered.filter(({ day }) => matureDaysOnly.has(day) === isMature),
      labels,
    ).map((group) => windowOf(group, metric, isMature));
  return [...windowsOf(true), ...windowsOf(false)].toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

function cut(days: readonly LiveDay[], labels: number): LiveDay[][] {
  const groups: LiveDay[][] = [];
  let rows = labels;
  for (const day of days) {
    if (rows >= labels) {
      groups.push([]);
      rows = 0;
    }
    groups.at(-1)!.push(day);
    rows += day.sums.rows;
  }
  return groups;
}

function windowOf(days: readonly LiveDay[], metric: MetricName, isMature: boolean): LiveWindow {
  const sums = days.map((day) => day.sums).reduce(addSums);
  const measured = measureSums(sums, metric);
  return {
    from: days[0]!.day,
    to: days.at(-1)!.day,
    rows: sums.rows,
    value: measured?.value ?? null,
    interval: measured && [measured.value - z * measured.standardError, measured.value + z * measured.standardError],
    isMature,
  };
}
