import { finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import { quoted } from "../errors/name-words.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import type { MetricName } from "../spec/model-spec.ts";
import { minimumDetectableEffect } from "../statistics/power.ts";
import { ALPHA } from "./alpha.ts";
import type { DummyRow } from "./comparison.ts";
import { scaled } from "./run-tests.ts";

/**
 * What a model without features answers for each of `rows` rows: the shares of the classes in training (so that the
 * most frequent one is predicted), or the mean.
 *
 * Example: the binary labels [0, 0, 1, 0] give 0.25 for every row.
 *
 * @param labels [training rows]: encoded target.
 * @param weights [training rows]; `null`: all 1.
 * @returns [rows], or for multiclass [rows × classes]: the layout of `Predictor.predict`.
 */
export function dummyPredictions(
  { task, classes }: Pick<TargetSpec, "task" | "classes">,
  labels: Float64Array,
  weights: Float64Array | null,
  rows: number,
): Float64Array {
  const weightOf = (row: number) => weights?.[row] ?? 1;
  const total = labels.reduce((sum, _, row) => sum + weightOf(row), 0);
  if (task !== "multiclass") {
    const mean = labels.reduce((sum, value, row) => sum + weightOf(row) * value, 0) / total;
    return new Float64Array(rows).fill(mean);
  }
  const shares = new Float64Array(classes?.length ?? 0);
  for (const [row, label] of labels.entries()) shares[label]! += weightOf(row) / total;
  return Float64Array.from({ length: rows * shares.length }, (_, i) => shares[i % shares.length]!);
}

/** Metrics by which the same answer for every row is perfect (`ece`), or that are undefined for it. */
const blindToDummies: readonly MetricName[] = ["ece", "f1", "precision", "recall"];

/** The metric that compares the challenger with the dummy: the primary one, or the ROC AUC where that cannot tell them apart. */
export function dummyMetric(primary: MetricName): MetricName {
  return blindToDummies.includes(primary) ? "rocAuc" : primary;
}

/** The improvement on a model without features that a holdout has to be able to show, in points of a metric in [0, 1]. */
const LARGE = 0.1;

/**
 * A challenger must be better than the dummy, by a one-sided test at 0.05. Where the holdout has fewer rows than can
 * decide anything, a better estimate is enough. Where it would show no large improvement either, a better estimate leaves
 * the question open (`dummy-undecided`): too little evidence is for a person to decide.
 */
export function checkDummy(row: DummyRow, target: string, rows: number, minRows: number): Finding[] {
  const { metric, dummy, challenger, improvement, pSuperior, standardError } = row;
  if (challenger === undefined || dummy === undefined || improvement === undefined) return [];
  const shown = pSuperior !== null && pSuperior <= ALPHA;
  if (shown || (improvement > 0 && rows < minRows)) return [];
  const p = pSuperior === null ? " (no test is possible on these rows)" : ` (p = ${pSuperior.toFixed(3)})`;
  const detectable = standardError === null ? 0 : minimumDetectableEffect(standardError, ALPHA);
  if (improvement > 0 && detectable > scaled(LARGE, { metric, champion: dummy })) {
    const told = `The holdout is too small to show whether the challenger predicts ${quoted(target)} better than the dummy, which gives every row the same prediction: ${metric} ${challenger.toFixed(4)}, dummy ${dummy.toFixed(4)}${p}; it can show only differences of at least ${detectable.toFixed(4)}.`;
    return [finding("dummy-undecided", { column: target }, told)];
  }
  const words = `The holdout does not show that the challenger predicts ${quoted(target)} better than the dummy, which gives every row the same prediction: ${metric} ${challenger.toFixed(4)}, dummy ${dummy.toFixed(4)}${p}.`;
  return [finding("no-better-than-dummy", { column: target }, words)];
}
