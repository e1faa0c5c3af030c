import { predictedClasses } from "../metrics/confusion.ts";
import type { ModelAnswers } from "../metrics/model-answers.ts";
import { addHistograms, type Histogram, histogramOf } from "./histogram.ts";
import { scoreBin, valueBin } from "./significant-bits.ts";
import type { SumSettings } from "./sum-rows.ts";

/** All rows that a version answered on one day, with what is known of their labels. */
export interface ArrivalRows {
  readonly answers: ModelAnswers;
  /** [rows]: as `MetricInput.target`; NaN: not known yet. */
  readonly labels: Float64Array;
  /** [rows]: days from the answer to the `time` of its label, not negative; NaN: not known yet. */
  readonly delays: Float64Array;
}

/** How many rows were answered, and which labels came when; integers, as in `ProductionSums`. */
export interface ArrivalSums {
  /** Rows by answer: `scoreBin`, the predicted class, or for regression the `valueBin` of prediction − `centre`. */
  readonly answered: Histogram;
  /** Of those the ones whose label is known. */
  readonly labelled: Histogram;
  /** By group of labels (the class, or for regression half an octave of label − `centre`), ascending: rows by whole days of delay. */
  readonly delays: readonly (readonly [group: number, days: Histogram])[];
}

/** What adding changes nothing. */
export const noArrivals: ArrivalSums = { answered: [], labelled: [], delays: [] };

/** O(rows). Rows whose answer is not finite are left out. */
export function sumArrivals(rows: ArrivalRows, settings: SumSettings): ArrivalSums {
  const bins = answerBins(rows.answers, settings);
  const places = [...bins.keys()].filter((row) => Number.isFinite(bins[row]));
  const known = places.filter((row) => Number.isFinite(rows.labels[row]) && Number.isFinite(rows.delays[row]));
  const daysByGroup = new Map<number, number[]>();
  for (const row of known) {
    const group = labelGroup(rows.labels[row]!, settings);
    const days = Math.max(0, Math.floor(rows.delays[row]!));
    const ofGroup = daysByGroup.get(group);
    if (ofGroup === undefined) daysByGroup.set(group, [days]);
    else ofGroup.push(days);
  }
  return {
    answered: histogramOf(places.map((row) => bins[row]!)),
    labelled: histogramOf(known.map((row) => bins[row]!)),
    delays: ascending([...daysByGroup].map(([group, days]) => [group, histogramOf(days)])),
  };
}

/** Exact, commutative and associative. */
export function addArrivals(a: ArrivalSums, b: ArrivalSums): ArrivalSums {
  const delays = new Map(a.delays);
  for (const [group, days] of b.delays) delays.set(group, addHistograms(delays.get(group) ?? [], days));
  return {
    answered: addHistograms(a.answered, b.answered),
    labelled: addHistograms(a.labelled, b.labelled),
    delays: ascending([...delays]),
  };
}

function ascending(delays: (readonly [number, Histogram])[]): ArrivalSums["delays"] {
  return delays.sort(([a], [b]) => a - b);
}

/** [rows]; NaN for an answer that is not finite. */
function answerBins({ predictions }: ModelAnswers, { task, classes, centre = 0 }: SumSettings): Float64Array {
  const finite = (value: number, binOf: (value: number) => number) => (Number.isFinite(value) ? binOf(value) : NaN);
  if (task === "binary") return predictions.map((score) => finite(score, scoreBin));
  if (task === "regression") return predictions.map((value) => finite(value - centre, valueBin));
  return Float64Array.from(predictedClasses({ task, classes, predictions }), (label, row) =>
    predictions.subarray(row * classes, (row + 1) * classes).every(Number.isFinite) ? label : NaN,
  );
}

function labelGroup(label: number, { task, centre = 0 }: SumSettings): number {
  return task === "regression" ? valueBin(label - centre) >> 5 : label;
}
