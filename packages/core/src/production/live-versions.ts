import type { MetricName } from "../spec/metric-names.ts";
import type { Task } from "../spec/model-spec.ts";
import { DAY } from "../time.ts";
import { addArms } from "./arm-sums.ts";
import { addArrivals, noArrivals } from "./arrivals.ts";
import { armsOfDay, type DayFile } from "./day-file.ts";
import { learnDelays } from "./learn-delays.ts";
import { type LiveDay, type LiveWindow, liveWindows } from "./live-windows.ts";
import { type Immaturity, matureDays } from "./mature-days.ts";

/** A version over time, on the answers that callers got from it. */
export interface VersionOverTime {
  readonly version: string;
  readonly windows: readonly LiveWindow[];
  /** Days that do not count yet, by why. */
  readonly immature: readonly { readonly because: Immaturity; readonly days: number }[];
}

export interface LiveState {
  /** Days after which 95 % of the labels are here; `null`: not known yet. */
  readonly matureAfter: number | null;
  readonly versions: readonly VersionOverTime[];
}

interface LiveRequest {
  readonly metric: MetricName;
  readonly task: Task;
  /** Labels of a window. */
  readonly labels: number;
}

/** Performance of each version by windows of about as many labels, and which days of it count. */
export function liveState(files: readonly DayFile[], { metric, task, labels }: LiveRequest): LiveState {
  const days = files.map((file) => ({ day: file.day, arms: armsOfDay(file) }));
  const arrivals = days.map(({ day, arms }) => ({
    day,
    arrivals: arms.map((arm) => arm.arrivals).reduce(addArrivals, noArrivals),
  }));
  const until = newestLabel(arrivals);
  const delays = learnDelays(arrivals, until);
  const names = [...new Set(days.flatMap(({ arms }) => arms.map(({ version }) => version)))].sort();
  const versions = names.map((version) => {
    const own = days.flatMap(({ day, arms }): LiveDay[] =>
      addArms(arms.filter((arm) => arm.version === version).map((arm) => ({ ...arm, arm: null, other: null }))).map(
        (sum) => ({ day, arrivals: sum.arrivals, sums: sum.sums }),
      ),
    );
    const maturity = matureDays(own, delays, until, task);
    const reasons = maturity.days.flatMap((day) => (day.immature === null ? [] : [day.immature]));
    const immature = [...new Set(reasons)].sort().map((because) => ({
      because,
      days: reasons.filter((each) => each === because).length,
    }));
    return { version, windows: liveWindows(own, maturity.days, metric, labels), immature };
  });
  return { matureAfter: delays.matureAfter, versions };
}

/** When the newest label became known at the earliest, by the days that it took; epoch milliseconds, 0 without one. */
function newestLabel(days: readonly { readonly day: string; readonly arrivals: LiveDay["arrivals"] }[]): number {
  const ends = days.flatMap(({ day, arrivals }) =>
    arrivals.delays.flatMap(([, histogram]) =>
      histogram.map(([delay]) => Date.parse(`${day}T00:00:00Z`) + (delay + 1) * DAY),
    ),
  );
  return ends.reduce((newest, end) => Math.max(newest, end), 0);
}
