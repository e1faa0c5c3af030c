import { portableLog } from "../portable-log.ts";
import { addIntegers } from "./add-integers.ts";

/** How the loss of an answer is taken, in [0, 1], and what a canary has to show. Fixed when the canary starts. */
export interface CanarySettings {
  readonly loss: "brier" | "zeroOne" | "absolute";
  /** For `absolute`: the error that counts as a loss of 1. */
  readonly scale?: number;
  /** By how much the canary's mean loss may exceed the champion's; in [0, 1). */
  readonly margin: number;
  /** `affected`: an answer changes what happens, so that only the version whose answer was given can be judged by it. */
  readonly outcome: "independent" | "affected";
}

/** What was seen of the difference of two versions, loss of the canary − loss of the champion, summed over rows. Integers. */
export interface CanaryEvidence {
  readonly rows: number;
  /** Of the differences, in units of 2^-20. */
  readonly difference: number;
  /** Of their squares, in units of 2^-20. */
  readonly squares: number;
  /** For each of `stakes`, the logarithm of what betting on harm has made of 1, in units of 2^-30. */
  readonly harm: readonly number[];
  /** The same for betting on a difference below the margin. */
  readonly advance: readonly number[];
}

/** LossDifferences of losses with the interval that they cannot leave. */
export interface LossDifferences {
  readonly values: Float64Array;
  readonly least: number;
  readonly most: number;
}

export const LOSS_UNIT = 1_048_576;
export const LOG_UNIT = 1_073_741_824;

/** Shares of the largest stake, that which the worst row turns to 0. */
export const stakes: readonly number[] = [
  0.95, 0.75, 0.55, 0.4, 0.28, 0.2, 0.14, 0.1, 0.07, 0.05, 0.035, 0.025, 0.0175, 0.0125, 0.009, 0.006,
];

/**
 * The evidence of some rows. Each bet is fixed before any row is seen, so what it makes of 1 is a product over rows, whatever their
 * order, and its logarithm a sum. Logarithms are rounded down: rounding never adds evidence.
 *
 * Source: Waudby-Smith & Ramdas (2024), "Estimating means of bounded random variables by betting", JRSS B 86.
 */
export function evidenceOf({ values, least, most }: LossDifferences, margin: number): CanaryEvidence {
  let difference = 0;
  let squares = 0;
  for (const value of values) {
    difference = addIntegers(difference, Math.round(value * LOSS_UNIT));
    squares = addIntegers(squares, Math.round(value * value * LOSS_UNIT));
  }
  const won = (payoffs: Float64Array, worst: number) => stakes.map((stake) => logOfBet(payoffs, stake / worst));
  return {
    rows: values.length,
    difference,
    squares,
    harm: won(values, -least),
    advance: won(
      values.map((value) => margin - value),
      most - margin,
    ),
  };
}

/** @param stake such that 1 + stake × payoff is always above 0. */
function logOfBet(payoffs: Float64Array, stake: number): number {
  let sum = 0;
  for (const payoff of payoffs) sum = addIntegers(sum, Math.floor(portableLog(1 + stake * payoff) * LOG_UNIT));
  return sum;
}

export function addEvidence(a: CanaryEvidence, b: CanaryEvidence): CanaryEvidence {
  const added = (x: readonly number[], y: readonly number[]) => x.map((value, bet) => addIntegers(value, y[bet]!));
  return {
    rows: a.rows + b.rows,
    difference: addIntegers(a.difference, b.difference),
    squares: addIntegers(a.squares, b.squares),
    harm: added(a.harm, b.harm),
    advance: added(a.advance, b.advance),
  };
}
