import type { PlattMap } from "./calibration.ts";
import type { ClassRows } from "./class-rows.ts";
import { logit, sigmoid } from "./logit.ts";

const mostSteps = 100;
/** Of the gradient, per unit of weight. */
const tolerance = 1e-10;
/** Keeps the Hessian invertible where all scores are alike. */
const ridge = 1e-12;

/**
 * Platt's sigmoid over the log-odds of the model's answer: P(y = 1) = sigmoid(slope · logit(answer) + intercept), by maximum likelihood.
 *
 * Labels are drawn towards the middle, (n₊ + 1) / (n₊ + 2) and 1 / (n₋ + 2), so that classes that are told apart perfectly do not end in
 * certainty; n counts weights. The slope is at least 0, so that the order of the rows stays; where the likelihood wants less, every
 * answer is the same. Source: Platt (1999); Newton's method with backtracking as in Lin, Lin & Weng (2007), "A note on Platt's
 * probabilistic outputs for support vector machines".
 *
 * Example: answers that are right on average give a slope near 1 and an intercept near 0. O(steps × rows), some ten steps.
 */
export function fitPlatt(rows: ClassRows): PlattMap {
  const sample = softened(rows);
  let at: Point = { slope: 0, intercept: logit(sample.share) };
  let loss = lossAt(sample, at);
  for (let step = 0; step < mostSteps; step++) {
    const { gradient, direction } = newton(sample, at);
    if (Math.max(Math.abs(gradient.slope), Math.abs(gradient.intercept)) < tolerance * sample.weight) break;
    const next = backtrack(sample, at, loss, { gradient, direction });
    if (next === null) break;
    ({ at, loss } = next);
  }
  if (at.slope > 0) return { kind: "platt", ...at };
  return { kind: "platt", slope: 0, intercept: logit(sample.share) };
}

interface Point {
  readonly slope: number;
  readonly intercept: number;
}

interface Sample {
  /** [rows]: log-odds of the answers. */
  readonly scores: Float64Array;
  /** [rows]: labels, drawn towards the middle. */
  readonly labels: Float64Array;
  /** [rows] */
  readonly weights: Float64Array;
  /** Sum of the weights. */
  readonly weight: number;
  /** Weighted mean of the labels. */
  readonly share: number;
}

function softened({ answers, isPositive, weights }: ClassRows): Sample {
  const each = weights ?? new Float64Array(answers.length).fill(1);
  let [positive, negative] = [0, 0];
  for (let row = 0; row < each.length; row++) {
    if (isPositive[row]) positive += each[row]!;
    else negative += each[row]!;
  }
  const high = (positive + 1) / (positive + 2);
  const low = 1 / (negative + 2);
  return {
    scores: answers.map(logit),
    labels: answers.map((_, row) => (isPositive[row] ? high : low)),
    weights: each,
    weight: positive + negative,
    share: (positive * high + negative * low) / (positive + negative),
  };
}

/** −log likelihood, without overflow: log(1 + exp(z)) − label · z. */
function lossAt({ scores, labels, weights }: Sample, { slope, intercept }: Point): number {
  let loss = 0;
  for (let row = 0; row < scores.length; row++) {
    const z = slope * scores[row]! + intercept;
    loss += weights[row]! * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - labels[row]! * z);
  }
  return loss;
}

interface Newton {
  readonly gradient: Point;
  readonly direction: Point;
}

function newton({ scores, labels, weights }: Sample, { slope, intercept }: Point): Newton {
  let [ofSlope, ofIntercept] = [0, 0];
  let [slopes, both, intercepts] = [ridge, 0, ridge];
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    const p = sigmoid(slope * score + intercept);
    const error = weights[row]! * (p - labels[row]!);
    const curvature = weights[row]! * p * (1 - p);
    ofSlope += error * score;
    ofIntercept += error;
    slopes += curvature * score * score;
    both += curvature * score;
    intercepts += curvature;
  }
  const determinant = slopes * intercepts - both * both;
  const direction = {
    slope: -(intercepts * ofSlope - both * ofIntercept) / determinant,
    intercept: -(slopes * ofIntercept - both * ofSlope) / determinant,
  };
  return { gradient: { slope: ofSlope, intercept: ofIntercept }, direction };
}

/** A step along the direction that is short enough to help; `null`: there is none. */
function backtrack(
  sample: Sample,
  at: Point,
  loss: number,
  { gradient, direction }: Newton,
): { readonly at: Point; readonly loss: number } | null {
  const fall = gradient.slope * direction.slope + gradient.intercept * direction.intercept;
  if (!(fall < 0)) return null;
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = { slope: at.slope + length * direction.slope, intercept: at.intercept + length * direction.intercept };
    const reached = lossAt(sample, next);
    if (reached < loss + 1e-4 * length * fall) return { at: next, loss: reached };
  }
  return null;
}
