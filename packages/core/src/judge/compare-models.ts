import type { Finding } from "../data/finding.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import { calibrationBins } from "../metrics/calibration.ts";
import type { MetricDefinition, MetricInput, MetricSettings } from "../metrics/metric.ts";
import { metricOf } from "../metrics/metrics.ts";
import { answersFor, type ModelAnswers } from "../metrics/model-answers.ts";
import { isBuiltIn, type MetricName } from "../spec/metric-names.ts";
import { comparePairs, type PairedComparison } from "../statistics/compare-paired.ts";
import type { DrawReplicates } from "../statistics/resampling/paired-replicates.ts";
import { answerFacts, type AnswerFacts } from "./answer-facts.ts";
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
  readonly answers: AnswerFacts | null;
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
 * O(metrics × replicates × rows) where a bootstrap is needed (`comparePairs`).
 */
export function compareModels(request: ModelsRequest): ModelsCompared {
  const { target, labels, champion, challenger, primary } = request;
  const compare = (metric: MetricName, other: ModelAnswers | null, rows: Uint32Array | null = null) =>
    compareOn(rows, [{ metric, other }], request)[0]!;

  const asked = request.metrics.map((metric) => ({ metric, other: champion }));
  const isCalibrationAsked = target.task === "binary" && champion !== null;
  const beside = isCalibrationAsked && !request.metrics.includes("ece") ? [{ metric: "ece", other: champion }] : [];
  const [withDummy, ...others] = compareOn(
    null,
    [{ metric: dummyMetric(primary), other: request.dummy }, ...asked, ...beside],
    request,
  );
  const rows = others.slice(0, asked.length);
  const calibrationError = isCalibrationAsked ? others.find(({ metric }) => metric === "ece") : undefined;
  const { champion: ofDummy, ...againstDummy } = metricRow(withDummy!);
  const dummy = { ...againstDummy, dummy: ofDummy };
  const fromDummy = checkDummy(dummy, target.name, labels.length, request.minRows);
  const fresh = without(request.duplicates, labels.length);
  return {
    metrics: rows,
    dummy,
    answers: answerFacts({
      ...request,
      champion: champion && champion.predictions,
      challenger: challenger.predictions,
      threshold: request.settings?.threshold,
    }),
    calibration: target.task === "binary" ? calibrationOf(request) : null,
    withoutDuplicates:
      fresh === null ? null : { rows: fresh.length, metric: metricRow(compare(primary, champion, fresh)) },
    findings: findingsOf(checkPredictions({ ...request, predictions: challenger.predictions }), [
      ...fromDummy,
      ...(calibrationError === undefined ? [] : checkCalibration(metricRow(calibrationError), target.name)),
    ]),
    ofChampion: champion === null ? [] : findingsOfChampion(champion, fromDummy.length > 0, request),
    against: (other) => compare(primary, other),
    overChampion: (other) =>
      champion === null
        ? null
        : compareOn(null, [{ metric: primary, other: champion }], { ...request, challenger: other })[0]!,
  };
}

/** @returns rows that are not among them; `null`: those are none. */
function without(some: Uint32Array, count: number): Uint32Array | null {
  if (some.length === 0) return null;
  const isLeftOut = new Uint8Array(count);
  for (const row of some) isLeftOut[row] = 1;
  return Uint32Array.from(isLeftOut.keys()).filter((row) => isLeftOut[row] === 0);
}

/** @param dummy whether it is asked beside the dummy, too: that is a test, and only asked where the challenger failed it. */
function findingsOfChampion(champion: ModelAnswers, dummy: boolean, request: ModelsRequest): Finding[] {
  const { target, labels, primary, minRows } = request;
  const found = checkPredictions({ ...request, predictions: champion.predictions });
  if (!dummy) return found;
  const asked = [{ metric: dummyMetric(primary), other: request.dummy }];
  const row = metricRow(compareOn(null, asked, { ...request, challenger: champion })[0]!);
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

/** The challenger against another model by one metric. */
interface AskedPair {
  readonly metric: MetricName;
  /** `null`: there is none to compare with. */
  readonly other: ModelAnswers | null;
}

/** @param rows of the holdout; `null`: all. */
function compareOn(
  rows: Uint32Array | null,
  asked: readonly AskedPair[],
  { target, labels, challenger, groups, weights, settings = {}, seed, replicates, draw }: ModelsRequest,
): PairedComparison[] {
  const classes = target.classes?.length ?? 0;
  const ofRows = (values: Float64Array, outputs = 1) => (rows === null ? values : pickRows(values, rows, outputs));
  const answersOf = (metric: MetricName, model: ModelAnswers) =>
    ofRows(answersFor(metric, model), target.task === "multiclass" && isBuiltIn(metric) ? classes : 1);
  const shape = {
    task: target.task,
    classes,
    settings,
    target: ofRows(labels),
    ...(weights && { weights: ofRows(weights) }),
  };
  const pairs = asked.flatMap(({ metric, other }) =>
    other === null ? [] : [{ metric, champion: answersOf(metric, other), challenger: answersOf(metric, challenger) }],
  );
  const drawn = { seed, replicates, draw, ...(groups && { groups: rows === null ? groups : rowsOf(groups, rows) }) };
  const compared = comparePairs({ ...shape, ...drawn, pairs });
  let next = 0;
  return asked.map(({ metric, other }) => {
    if (other !== null) return compared[next++]!;
    return alone(metric, metricOf(metric, settings), { ...shape, predictions: answersOf(metric, challenger) });
  });
}

/** The challenger by itself. */
function alone(metric: MetricName, definition: MetricDefinition, rows: MetricInput): PairedComparison {
  return {
    metric,
    ...(isBuiltIn(metric) ? {} : { higherIsBetter: definition.higherIsBetter }),
    champion: undefined,
    challenger: definition.evaluate(rows),
    improvement: undefined,
    interval: null,
    standardError: null,
    pSuperior: null,
    pInferior: null,
    method: "none",
  };
}

const rowsOf = (values: Int32Array, rows: Uint32Array) => Int32Array.from(rows, (row) => values[row]!);
