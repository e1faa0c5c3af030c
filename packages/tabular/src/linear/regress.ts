import { LearnerDivergedError } from "@refit/core/errors";
import type { FitRequest } from "@refit/core/runtime";
import type { LinearSettings } from "./settings.ts";
import { describeFeatures, outputsOf } from "../model-header.ts";
import { progressOf } from "../progress.ts";
import { coordinatesOf } from "./coordinates.ts";
import { type Design, layOut, moments, multiply, multiplyTransposed } from "./design.ts";
import { type Evaluate, minimise } from "./lbfgs.ts";
import { lossOf } from "./loss.ts";

export interface Coefficients {
  readonly design: Design;
  /** One array [design.width] per output, in the units of the target. */
  readonly weights: readonly Float64Array[];
}

/**
 * Fit by penalised maximum likelihood (ridge; Hastie, Tibshirani & Friedman 2009, equations 3.41 and 4.20): minimise the
 * sum of the rows' weighted losses plus `l2` / 2 times the squared coefficients, the intercept left free.
 * O(iterations × rows × columns × outputs).
 *
 * @throws LearnerDivergedError when the loss is not finite.
 */
export function regress({ task, classes, settings, train, onProgress }: FitRequest<LinearSettings>): Coefficients {
  const { features } = train;
  const scale = features.columns.map((column) =>
    column.kind === "numeric" ? moments(column.values, train.weights) : ([0, 0] as const),
  );
  const design = layOut(
    describeFeatures(features),
    scale.map(([mean]) => mean),
    scale.map(([, deviation]) => deviation),
  );
  const outputs = outputsOf({ task, classes });
  const scores = Array.from({ length: outputs }, () => new Float64Array(features.rows));

  // A regression target is standardised as well: the optimum is the same, and the optimiser's tolerance fits any unit.
  const [centre, spread] = task === "regression" ? targetScale(train.target, train.weights) : [0, 1];
  const target = task === "regression" ? train.target.map((value) => (value - centre) / spread) : train.target;
  const rowWeights = train.weights ?? new Float64Array(features.rows).fill(1);
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0);

  const coordinates = coordinatesOf(design, features, rowWeights, settings.l2);
  const evaluate: Evaluate = (point, gradient) => {
    const coefficients = coordinates.coefficientsAt(point);
    for (const [k, ofOutput] of scores.entries()) multiply(design, features, slice(coefficients, k, design), ofOutput);
    let value = lossOf[task](target, rowWeights, scores) / total;
    for (const [k, residuals] of scores.entries()) {
      multiplyTransposed(design, features, residuals, slice(gradient, k, design));
    }
    for (const [i, coefficient] of coefficients.entries()) {
      const penalty = i % design.width === 0 ? 0 : settings.l2 * coefficient;
      value += (penalty * coefficient) / (2 * total);
      gradient[i] = (gradient[i]! + penalty) / total;
    }
    coordinates.turn(gradient);
    return value;
  };
  const progress = progressOf(settings.maxIterations, onProgress);
  const start = new Float64Array(outputs * design.width);
  const { point, value } = minimise(evaluate, start, settings.maxIterations, progress);
  progress(settings.maxIterations);
  if (!Number.isFinite(value)) throw new LearnerDivergedError("linear", "the training loss");

  const coefficients = coordinates.coefficientsAt(point);
  const weights = scores.map((_, k) => slice(coefficients, k, design).map((entry) => entry * spread));
  weights[0]![0]! += centre;
  return { design, weights };
}

function slice(point: Float64Array, output: number, { width }: Design): Float64Array {
  return point.subarray(output * width, (output + 1) * width);
}

function targetScale(target: Float64Array, weights: Float64Array | undefined): [number, number] {
  const [mean, deviation] = moments(target, weights);
  if (!target.every(Number.isFinite) || !Number.isFinite(deviation)) {
    throw new LearnerDivergedError("linear", "the spread of the target");
  }
  return [mean, deviation === 0 ? 1 : deviation];
}
