import { logit, sigmoid } from "./logit.ts";

/** How the answers of a model are made to say how often they are right. */
export const calibrationMethods = ["platt", "isotonic"] as const;
export type CalibrationMethod = (typeof calibrationMethods)[number];

/** sigmoid(slope · logit(answer) + intercept). */
export interface PlattMap {
  readonly kind: "platt";
  /** At least 0. */
  readonly slope: number;
  readonly intercept: number;
}

/** Straight lines between corners; beyond the first and the last it stays level. */
export interface IsotonicMap {
  readonly kind: "isotonic";
  /** Answers of the model, ascending. */
  readonly at: readonly number[];
  /** What they become, never falling. */
  readonly gives: readonly number[];
}

/** One for the positive class of a binary task, or one for each class. */
export type CalibrationMaps = readonly (PlattMap | IsotonicMap)[];

/**
 * Calibrated probabilities, in the layout of the answers: binary [rows], multiclass [rows × classes], whose rows add up to 1. Each class
 * goes through its own map, and the probabilities of a row are divided by their sum (Zadrozny & Elkan 2002, one against the rest).
 *
 * With one map the order of the rows never turns; what isotonic makes equal becomes a tie.
 */
export function applyCalibration(maps: CalibrationMaps, answers: Float64Array): Float64Array {
  const width = maps.length;
  const calibrated = answers.map((answer, place) => valueOf(maps[place % width]!, answer));
  if (width === 1) return calibrated;
  for (let start = 0; start < calibrated.length; start += width) {
    let sum = 0;
    for (let place = start; place < start + width; place++) sum += calibrated[place]!;
    for (let place = start; place < start + width; place++) calibrated[place] = calibrated[place]! / sum;
  }
  return calibrated;
}

/** Nothing is quite certain, so that a row of several classes always has a sum to be divided by. */
const certain = 1e-12;

function valueOf(map: PlattMap | IsotonicMap, answer: number): number {
  if (map.kind === "isotonic") return between(map, answer);
  return Math.min(Math.max(sigmoid(map.slope * logit(answer) + map.intercept), certain), 1 - certain);
}

function between({ at, gives }: IsotonicMap, answer: number): number {
  if (!(answer > at[0]!)) return gives[0]!;
  // The last corner that is not above the answer.
  let [low, high] = [0, at.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle]! <= answer) low = middle;
    else high = middle;
  }
  if (low === at.length - 1) return gives[low]!;
  const share = (answer - at[low]!) / (at[low + 1]! - at[low]!);
  return Math.min(gives[low]! + share * (gives[low + 1]! - gives[low]!), gives[low + 1]!);
}
