import type { MetricName } from "../spec/metric-names.ts";
import { addArms, type ArmSums } from "./arm-sums.ts";
import { armsOfDay, type DayFile } from "./day-file.ts";
import { measureSums } from "./measure-sums.ts";

/** A metric on the answers whose label is known. */
interface MeasuredMetric {
  readonly metric: MetricName;
  readonly value: number;
  readonly standardError: number;
}

/** A version as it was in production, on the answers that callers got from it. */
export interface MeasuredArm extends Pick<ArmSums, "version" | "arm"> {
  /** Answers, each id once. */
  readonly answers: number;
  readonly labelled: number;
  /** Those that are defined on these answers. */
  readonly metrics: readonly MeasuredMetric[];
}

/** Each version and arm over several days, whatever version was asked besides. */
export function measuredArms(days: readonly DayFile[], metrics: readonly MetricName[]): MeasuredArm[] {
  const arms = addArms(days.flatMap(armsOfDay).map((arm) => ({ ...arm, other: null })));
  return arms.map(({ version, arm, arrivals, sums }) => ({
    version,
    arm,
    answers: arrivals.answered.reduce((total, [, rows]) => total + rows, 0),
    labelled: sums.rows,
    metrics: metrics.flatMap((metric) => {
      const measured = measureSums(sums, metric);
      return measured === null ? [] : [{ metric, value: measured.value, standardError: measured.standardError }];
    }),
  }));
}
