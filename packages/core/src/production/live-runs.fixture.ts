import { median } from "../statistics/resampling/median.ts";
import { normalQuantile } from "../statistics/special/normal.ts";
import { DAY } from "../time.ts";
import { learnDelays } from "./learn-delays.ts";
import {
  binarySettings,
  dayText,
  draws,
  drawRows,
  firstDay,
  knownDay,
  labelledDay,
  type ScoreModel,
} from "./live-stream.fixture.ts";
import type { LiveDay } from "./live-windows.ts";
import { matureDays } from "./mature-days.ts";
import { measureSums } from "./measure-sums.ts";
import { usualDropOf, stretchesOf, type WatchPolicy, weighedEvidence } from "./performance-evidence.ts";
import { addSums } from "./production-sums.ts";
import { sumRows } from "./sum-rows.ts";

/** Few distinct scores, so that a night costs little. */
const model: ScoreModel = { prevalence: 0.3, judgedAuc: 0.8, liveAuc: 0.8, levels: 40 };
const labelsPerNight = 100;

/** Against a holdout of its own for each stream. */
function policyOf(seed: number, holdoutRows: number): WatchPolicy {
  const holdout = sumRows(drawRows(holdoutRows, model, draws(1_000_000 + seed)), binarySettings);
  return { metric: "rocAuc", higherIsBetter: true, reference: measureSums(holdout, "rocAuc")!, margin: 0 };
}

/** As `watchPerformance` decides, without what else it says, which takes most of its time. */
function isAlarm(days: readonly LiveDay[], policy: WatchPolicy): boolean {
  return weighedEvidence(stretchesOf(days, dayText(0), policy), policy.margin, usualDropOf(policy)) >= 20;
}

export interface StreamOptions {
  readonly nights: number;
  /** Night from which the AUC is lower by `drop`. */
  readonly from?: number;
  readonly drop?: number;
  readonly holdoutRows?: number;
}

/**
 * Lives through nights of 100 labels and looks each night; days of a week are one, since the watch adds them up.
 *
 * @returns the first night with an alarm, else null.
 */
export function firstAlarm(
  seed: number,
  { nights, from = 0, drop = 0, holdoutRows = 4000 }: StreamOptions,
): number | null {
  const draw = draws(seed);
  const policy = policyOf(seed, holdoutRows);
  const weeks: LiveDay[] = [];
  for (let night = 0; night < nights; night++) {
    const liveAuc = night >= from ? model.liveAuc - drop : model.liveAuc;
    const day = labelledDay(night, drawRows(labelsPerNight, { ...model, liveAuc }, draw));
    const week = Math.floor(night / 7);
    const before = weeks[week];
    weeks[week] = before === undefined ? day : { ...before, sums: addSums(before.sums, day.sums) };
    if (isAlarm(weeks, policy)) return night;
  }
  return null;
}

/** The same with labels that come late, those of positives later than others, and a look every `every` nights. */
export function firstAlarmOfLate(seed: number, nights: number, every: number): number | null {
  const draw = draws(seed);
  const policy = policyOf(seed, 4000);
  const all = Array.from({ length: nights }, () => {
    const rows = drawRows(labelsPerNight, model, draw);
    // Positives are reported after 8 days in the mean, others are settled after 3.
    return { rows, delays: rows.labels.map((label) => Math.floor(-Math.log(draw()) * (label === 1 ? 8 : 3))) };
  });
  for (let now = every; now <= nights; now += every) {
    const days = all.slice(0, now).map(({ rows, delays }, night) => knownDay(night, rows, delays, now - night - 1));
    const until = firstDay + now * DAY;
    const maturity = matureDays(days, learnDelays(days, until), until, "binary");
    const mature = days.filter((_, night) => maturity.days[night]!.immature === null);
    if (isAlarm(mature, policy)) return now;
  }
  return null;
}

/**
 * Labels with which one test of fixed size, one-sided at 5 %, finds the drop with the given power: it knows when the drop began, uses labels from then on only,
 * and compares with the same kind of holdout.
 */
export function oracleLabels(drop: number, power: number, holdoutRows = 4000): number {
  const live = sumRows(drawRows(50_000, { ...model, liveAuc: model.liveAuc - drop }, draws(5)), binarySettings);
  const { standardError, rows } = measureSums(live, "rocAuc")!;
  const reference = policyOf(0, holdoutRows).reference.standardError;
  const error = drop / (normalQuantile(0.95) + normalQuantile(power));
  return (standardError * standardError * rows) / (error * error - reference * reference);
}

/** Labels from the drop to the alarm, in the median of streams; an alarm before the drop finds nothing. */
export function medianLabels(streams: number, options: StreamOptions & { readonly from: number }): number {
  const labels = Float64Array.from({ length: streams }, (_, seed) => {
    const night = firstAlarm(seed, options);
    return night === null || night < options.from ? 1e9 : (night + 1 - options.from) * labelsPerNight;
  });
  return median(labels);
}
