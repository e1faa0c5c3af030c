import { randomBits } from "../statistics/resampling/random-bits.ts";
import { normalQuantile } from "../statistics/special/normal.ts";
import { DAY } from "../time.ts";
import { sumArrivals } from "./arrivals.ts";
import type { LiveDay } from "./live-windows.ts";
import type { CanaryRows } from "./canary-differences.ts";
import { sumRows, type SumSettings } from "./sum-rows.ts";

export const binarySettings: SumSettings = { task: "binary", classes: 2, metrics: ["rocAuc"] };

/** First day of every made-up stream. */
export const firstDay = Date.parse("2026-01-01T00:00:00Z");

export function dayText(night: number): string {
  return new Date(firstDay + night * DAY).toISOString().slice(0, 10);
}

/** Uniform in (0, 1), from a seed. */
export function draws(seed: number): () => number {
  const bits = randomBits(seed);
  return () => (bits() + 0.5) / 4_294_967_296;
}

/** A model whose scores are normal in either class, and calibrated for the AUC that it was judged with. */
export interface ScoreModel {
  readonly prevalence: number;
  /** Of the scores: what the model believes. */
  readonly judgedAuc: number;
  /** Of the rows as they come. */
  readonly liveAuc: number;
  /** The scores are multiples of 1 / levels, as those of a small tree; absent: any. */
  readonly levels?: number;
}

/** Distance of the classes, in standard deviations, at which normal scores have this AUC: √2 Φ⁻¹(AUC). */
const distanceOf = (auc: number) => Math.SQRT2 * normalQuantile(auc);

export function drawRows(
  rows: number,
  { prevalence, judgedAuc, liveAuc, levels }: ScoreModel,
  draw: () => number,
): CanaryRows {
  const [believed, distance] = [distanceOf(judgedAuc), distanceOf(liveAuc)];
  const labels = new Float64Array(rows);
  const predictions = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    labels[row] = draw() < prevalence ? 1 : 0;
    const x = normalQuantile(draw()) + (labels[row]! - 0.5) * distance;
    const score = 1 / (1 + ((1 - prevalence) / prevalence) * Math.exp(-believed * x));
    predictions[row] = levels === undefined ? score : Math.round(score * levels) / levels;
  }
  return { labels, answers: { predictions } };
}

/** A day of which all labels are here. */
export function labelledDay(night: number, rows: CanaryRows, settings: SumSettings = binarySettings): LiveDay {
  const delays = new Float64Array(rows.labels.length);
  return {
    day: dayText(night),
    sums: sumRows(rows, settings),
    arrivals: sumArrivals({ answers: rows.answers, labels: rows.labels, delays }, settings),
  };
}

/** The same day as it is known after some whole days: of labels that take longer nothing is known. @param delays [rows]: in days. */
export function knownDay(night: number, rows: CanaryRows, delays: Float64Array, age: number): LiveDay {
  const known = rows.labels.map((label, row) => (delays[row]! < age ? label : NaN));
  const { unusable: _unlabelled, ...sums } = sumRows({ ...rows, labels: known }, binarySettings);
  return {
    day: dayText(night),
    sums: { ...sums, unusable: 0 },
    arrivals: sumArrivals({ answers: rows.answers, labels: known, delays }, binarySettings),
  };
}
