import type { Finding } from "../data/finding.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import { calibrationBins } from "../metrics/calibration.ts";
import type { MetricSettings } from "../metrics/metric.ts";
import { metricOf } from "../metrics/metrics.ts";
import { answersFor, type ModelAnswers } from "../metrics/model-answers.ts";
import { isBuiltIn, type MetricName } from "../spec/metric-names.ts";
import { comparePaired, type PairedComparison } from "../statistics/compare-paired.ts";
import type { DrawReplicates } from "../statistics/resampling/paired-replicates.ts";
import type { CalibrationFacts, Comparison } from "./comparison.ts";
import { checkCalibration } from "./drawbacks.ts";
import { checkDummy, dummyMetric } from "./dummy.ts";
import { metricRow } from "./metric-row.ts";
import { pickRows } from "./pick-rows.ts";
import { checkPredictions } from "./sanity.ts";

/** What models answer for the rows of the holdout. */
export interface ModelsRequest {
  readonly target: TargetSpec;
  /** [rows]: encoded target of the holdout. */
  readonly labels: Float64Array;
  /** Of a model without features (`dummyPredictions`). */
  readonly dummy: ModelAnswers;
  /** `null`: there is none to compare with. */
  readonly champion: ModelAnswers | null;
  readonly challenger: ModelAnswers;
  /** [rows]: group number of each row, from 0, where rows of a group are not independent; `null`: all are. */
  readonly groups: Int32Array | null;
  /** [rows]: sample weights of the holdout; `null`: all 1. */
  readonly weights: Float64Array | null;
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
  /** Draws them; absent: this thread. */
  readonly draw?: DrawReplicates;
}

export interface ModelsCompared extends Pick<Comparison, "dummy" | "calibration" | "withoutDuplicates" | "findings"> {
  readonly metrics: readonly PairedComparison[];
  /** About the champion's predictions. */
  readonly ofChampion: readonly Finding[];
  /** The challenger against another version on the same rows, by the primary metric. */
  against(other: ModelAnswers): PairedComparison;
  /** Another version in the challenger's place, against the champion; `null`: there is none. */
  overChampion(other: ModelAnswers): PairedComparison | null;
}

/**
 * Compares two models on the same rows, as far as that needs no policy but the names of the metrics: per metric a paired
 * test, the same against a model without features, calibration, and the primary metric without natural duplicates.
 *
 * O(metrics × replicates × rows) where a bootstrap is needed (`comparePaired`).
 */
export function compareModels(request: ModelsRequest): ModelsCompared {
  const { target, labels, champion, challenger, primary } = request;
  const all = Uint32Array.from(labels, (_, row) => row);
  const compare = (metric: MetricName, other: ModelAnswers | null, rows = all) =>
    compareOn(rows, metric, other, request);

  const rows = request.metrics.map((metric) => compare(metric, champion));
  const { champion: ofDummy, ...againstDummy } = metricRow(compare(dummyMetric(primary), request.dummy));
  const dummy = { ...againstDummy, dummy: ofDummy };
  const fromDummy = checkDummy(dummy, target.name, labels.length, request.minRows);
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
    findings: findingsOf(checkPredictions({ ...request, predictions: challenger.predictions }), [
      ...fromDummy,
      ...(calibrationError === null ? [] : checkCalibration(metricRow(calibrationError), target.name)),
    ]),
    ofChampion: champion === null ? [] : findingsOfChampion(champion, fromDummy.length > 0, request),
    against: (other) => compare(primary, other),
    overChampion: (other) =>
      champion === null ? null : compareOn(all, primary, champion, { ...request, challenger: other }),
  };
}

/** @param dummy whether it is asked beside the dummy, too: that is a test, and only asked where the challenger failed it. */
function findingsOfChampion(champion: ModelAnswers, dummy: boolean, request: ModelsRequest): Finding[] {
  const { target, labels, primary, minRows } = request;
  const found = checkPredictions({ ...request, predictions: champion.predictions });
  if (!dummy) return found;
  const all = Uint32Array.from(labels, (_, row) => row);
  const row = metricRow(compareOn(all, dummyMetric(primary), request.dummy, { ...request, challenger: champion }));
  return [...found, ...checkDummy({ ...row, dummy: row.champion }, target.name, labels.length, minRows)];
}

function calibrationOf({ labels, champion, challenger, weights }: ModelsRequest): CalibrationFacts {
  const bins = ({ predictions }: ModelAnswers) =>
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
  other: ModelAnswers | null,
  { target, labels, challenger, groups, weights, settings = {}, seed, replicates, draw }: ModelsRequest,
): PairedComparison {
  const classes = target.classes?.length ?? 0;
  const outputs = target.task === "multiclass" && isBuiltIn(metric) ? classes : 1;
  const shape = {
    task: target.task,
    classes,
    settings,
    target: pickRows(labels, rows),
    ...(weights && { weights: pickRows(weights, rows) }),
  };
  const predictions = pickRows(answersFor(metric, challenger), rows, outputs);
  if (other !== null) {
    return comparePaired({
      ...shape,
      metric,
      seed,
      replicates,
      draw,
      champion: pickRows(answersFor(metric, other), rows, outputs),
      challenger: predictions,
      ...(groups && { groups: Int32Array.from(rows, (row) => groups[row]!) }),
    });
  }
  const definition = metricOf(metric, settings);
  return {
    metric,
    ...(isBuiltIn(metric) ? {} : { higherIsBetter: definition.higherIsBetter }),
    champion: undefined,
    challenger: definition.evaluate({ ...shape, predictions }),
    improvement: undefined,
    interval: null,
    standardError: null,
    pSuperior: null,
    pInferior: null,
    method: "none",
  };
}
