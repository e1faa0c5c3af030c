import type { Direction } from "../metrics/metric.ts";
import type { LineSummary } from "./summarise-line.ts";

/** Share of what the best line gains over never retraining that is enough, if it costs fewer retrains. */
const ENOUGH_OF_THE_GAIN = 0.9;

/**
 * The policy with the fewest retrains among those that keep nine tenths of what the best one gains over never retraining, and
 * that do as well as every schedule where one of them does. Where none gains anything, the one with the fewest retrains among
 * the best.
 *
 * @returns `null` where no policy was measured.
 */
export function choosePolicy(
  summaries: readonly LineSummary[],
  { name: primary, higherIsBetter }: Direction,
): LineSummary | null {
  const sign = higherIsBetter ? 1 : -1;
  const valueOf = ({ metrics: values }: LineSummary) => (values[primary] === undefined ? null : sign * values[primary]);
  const policies = summaries.filter((each) => each.kind === "policy" && valueOf(each) !== null);
  const best = Math.max(...policies.map((each) => valueOf(each)!));
  const stale = summaries.find(({ kind }) => kind === "never");
  const floor = (stale && valueOf(stale)) ?? best;
  const schedule = bestSchedule(summaries, { name: primary, higherIsBetter });
  const beatable = schedule === null ? -Infinity : valueOf(schedule)!;
  const gain = best > floor ? floor + ENOUGH_OF_THE_GAIN * (best - floor) : best;
  const enough = best >= beatable ? Math.max(gain, beatable) : gain;
  const good = policies.filter((each) => valueOf(each)! >= enough);
  return good.toSorted((a, b) => a.retrains - b.retrains || valueOf(b)! - valueOf(a)!)[0] ?? null;
}

/** The schedule that did best; `null`: none was measured. */
export function bestSchedule(
  summaries: readonly LineSummary[],
  { name: primary, higherIsBetter }: Direction,
): LineSummary | null {
  const sign = higherIsBetter ? 1 : -1;
  const measured = summaries.filter(
    ({ kind, metrics: values }) => kind === "schedule" && values[primary] !== undefined,
  );
  return measured.toSorted((a, b) => sign * (b.metrics[primary]! - a.metrics[primary]!))[0] ?? null;
}
