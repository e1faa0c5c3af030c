import type { Finding } from "../data/finding.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import { calibrationBins } from "../metrics/calibration.ts";
import type { MetricSettings } from "../metrics/metric.ts";
import { metrics } from "../metrics/metrics.ts";
import type { MetricName } from "../spec/model-spec.ts";
import { comparePaired, type PairedComparison } from "../statistics/compare-paired.ts";
import type { CalibrationFacts, Comparison } from "./comparison.ts";
import { checkCalibration } from "./drawbacks.ts";
import { checkDummy, dummyMetric, dummyPredictions } from "./dummy.ts";
import { metricRow } from "./metric-row.ts";
import { pickRows } from "./pick-rows.ts";
import { checkPredictions } from "./sanity.ts";

/** Predictions for the rows of the holdout, laid out as `Predictor.predict` documents. */
export interface ModelsRequest {
  readonly target: TargetSpec;
  /** [rows]: encoded target of the holdout. */
  readonly labels: Float64Array;
  /** [training rows]: encoded target of the training side: what the dummy model knows. */
  readonly trainingLabels: Float64Array;
  /** [rows], or for multiclass [rows × classes]; `null`: there is none to compare with. */
  readonly champion: Float64Array | null;
  readonly challenger: Float64Array;
  /** [rows]: group number of each row, from 0, where rows of a group are not independent; `null`: all are. */
  readonly groups: Int32Array | null;
  /** [rows]: sample weights of the holdout; `null`: all 1. */
  readonly weights: Float64Array | null;
  /** [training rows]: those of the training side. */
  readonly trainingWeights: Float64Array | null;
  readonly settings?: MetricSettings;
  /** Values of the target must not be shown. */
  readonly sensitive: boolean;
  /** Rows with the feature values of a training row, as indices into the holdout, ascending. */
  readonly duplicates: Uint32Array;
  readonly metrics: readonly MetricName[];
  readonly primary: MetricName;
  /** With fewer rows no test of the dummy is asked for. */
  readonly minRows: number;
  /** Integer in [0, 2^32). */
  readonly seed: number;
  /** Resamples of each bootstrap. */
  readonly replicates: number;
}

export interface ModelsCompared extends Pick<Comparison, "dummy" | "calibration" | "withoutDuplicates" | "findings"> {
  readonly metrics: readonly PairedComparison[];
  /** The challenger against another version on the same rows, by the primary metric. */
  against(other: Float64Array): PairedComparison;
  /** Another version in the challenger's place, against the champion; `null`: there is none. */
  overChampion(other: Float64Array): PairedComparison | null;
}

/**
 * Compares two models on the same rows, as far as that needs no policy but the names of the metrics: per metric a paired
 * test, the same against a model without features, calibration, and the primary metric without natural duplicates.
 *
 * O(metrics × replicates × rows) where a bootstrap is needed (`comparePaired`).
 */
export function compareModels(request: ModelsRequest): ModelsCompared {
  const { target, labels, champion, challenger, primary, weights, sensitive, settings = {} } = request;
  const all = Uint32Array.from(labels, (_, row) => row);
  const compare = (metric: MetricName, other: Float64Array | null, rows = all) =>
    compareOn(rows, metric, other, request);

  const { trainingLabels, trainingWeights } = request;
  const dummyAnswers = dummyPredictions(target, trainingLabels, trainingWeights, labels.length);
  const rows = request.metrics.map((metric) => compare(metric, champion));
  const { champion: ofDummy, ...againstDummy } = metricRow(compare(dummyMetric(primary), dummyAnswers));
  const dummy = { ...againstDummy, dummy: ofDummy };
  const copies = new Set(request.duplicates);
  const fresh = all.filter((row) => !copies.has(row));
  const calibrationError =
    target.task === "binary" && champion !== null
      ? (rows.find(({ metric }) => metric === "ece") ?? compare("ece", champion))
      : null;
  return {
    metrics: rows,
    dummy,
    calibration: target.task === "binary" ? calibrationOf(request) : null,
    withoutDuplicates:
      copies.size === 0 ? null : { rows: fresh.length, metric: metricRow(compare(primary, champion, fresh)) },
    findings: findingsOf(checkPredictions({ target, labels, predictions: challenger, weights, settings, sensitive }), [
      ...checkDummy(dummy, target.name, labels.length, request.minRows),
      ...(calibrationError === null ? [] : checkCalibration(metricRow(calibrationError), target.name)),
    ]),
    against: (other) => compare(primary, other),
    overChampion: (other) =>
      champion === null ? null : compareOn(all, primary, champion, { ...request, challenger: other }),
  };
}

function calibrationOf({ labels, champion, challenger, weights }: ModelsRequest): CalibrationFacts {
  const bins = (predictions: Float64Array) =>
    calibrationBins({ target: labels, predictions, ...(weights && { weights }) });
  return { champion: champion && bins(champion), challenger: bins(challenger) };
}

/** Predictions that are broken as such say all; what follows from that is not told too. */
function findingsOf(sanity: readonly Finding[], rest: readonly Finding[]): readonly Finding[] {
  return sanity.some(({ severity }) => severity === "error") ? sanity : [...sanity, ...rest];
}

function compareOn(
  rows: Uint32Array,
  metric: MetricName,
  other: Float64Array | null,
  { target, labels, challenger, groups, weights, settings = {}, seed, replicates }: ModelsRequest,
): PairedComparison {
  const classes = target.classes?.length ?? 0;
  const outputs = target.task === "multiclass" ? classes : 1;
  const shape = {
    task: target.task,
    classes,
    settings,
    target: pickRows(labels, rows),
    ...(weights && { weights: pickRows(weights, rows) }),
  };
  const predictions = pickRows(challenger, rows, outputs);
  if (other !== null) {
    return comparePaired({
      ...shape,
      metric,
      seed,
      replicates,
      champion: pickRows(other, rows, outputs),
      challenger: predictions,
      ...(groups && { groups: Int32Array.from(rows, (row) => groups[row]!) }),
    });
  }
  return {
    metric,
    champion: undefined,
    challenger: metrics[metric].evaluate({ ...shape, predictions }),
    improvement: undefined,
    interval: null,
    standardError: null,
    pSuperior: null,
    pInferior: null,
    method: "none",
  };
}
