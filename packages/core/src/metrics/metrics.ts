import { isBuiltIn, type BuiltInMetric, type MetricName } from "../spec/metric-names.ts";
import { prepareCalibrationError } from "./calibration.ts";
import { confusionMetrics } from "./classification.ts";
import { prepareFromConfusion } from "./confusion.ts";
import {
  absoluteErrors,
  logLosses,
  percentageErrors,
  pinballLosses,
  poissonDeviances,
  prepareMeanLoss,
  prepareRSquared,
  squaredErrors,
} from "./losses.ts";
import {
  defineMetric,
  defineOwnMetric,
  type Direction,
  type MetricDefinition,
  type MetricInput,
  type MetricSettings,
  type PreparedMetric,
} from "./metric.ts";
import { answersFor, type OwnValues } from "./model-answers.ts";
import { prepareAveragePrecision, prepareRocAuc } from "./ranking.ts";

type Prepare = (input: MetricInput) => PreparedMetric;

/** A share: more is better, within [0, 1]. */
const share = (name: BuiltInMetric, prepare: Prepare) =>
  defineMetric({ name, higherIsBetter: true, unitInterval: true, prepare });
/** An error without upper bound: less is better. */
const loss = (name: BuiltInMetric, prepare: Prepare) =>
  defineMetric({ name, higherIsBetter: false, unitInterval: false, prepare });
/** An error within [0, 1]: less is better. */
const boundedLoss = (name: BuiltInMetric, prepare: Prepare) =>
  defineMetric({ name, higherIsBetter: false, unitInterval: true, prepare });
/** At most 1, may be negative: more is better. */
const skill = (name: BuiltInMetric, prepare: Prepare) =>
  defineMetric({ name, higherIsBetter: true, unitInterval: false, prepare });

/** Every metric that refit has built in. */
export const metrics: Readonly<Record<BuiltInMetric, MetricDefinition>> = {
  rocAuc: share("rocAuc", prepareRocAuc),
  prAuc: share("prAuc", prepareAveragePrecision),
  logLoss: loss("logLoss", prepareMeanLoss(logLosses)),
  brier: boundedLoss("brier", prepareMeanLoss(squaredErrors)),
  ece: boundedLoss("ece", prepareCalibrationError),
  accuracy: share("accuracy", prepareFromConfusion(confusionMetrics.accuracy)),
  balancedAccuracy: share("balancedAccuracy", prepareFromConfusion(confusionMetrics.balancedAccuracy)),
  f1: share("f1", prepareFromConfusion(confusionMetrics.f1)),
  f1Macro: share("f1Macro", prepareFromConfusion(confusionMetrics.f1Macro)),
  f1Weighted: share("f1Weighted", prepareFromConfusion(confusionMetrics.f1Weighted)),
  mcc: skill("mcc", prepareFromConfusion(confusionMetrics.mcc)),
  precision: share("precision", prepareFromConfusion(confusionMetrics.precision)),
  recall: share("recall", prepareFromConfusion(confusionMetrics.recall)),
  mae: loss("mae", prepareMeanLoss(absoluteErrors)),
  rmse: loss("rmse", prepareMeanLoss(squaredErrors, Math.sqrt)),
  r2: skill("r2", prepareRSquared),
  mape: loss("mape", prepareMeanLoss(percentageErrors)),
  pinball: loss("pinball", prepareMeanLoss(pinballLosses)),
  poissonDeviance: loss("poissonDeviance", prepareMeanLoss(poissonDeviances)),
};

/** What a name stands for in a model. @throws RangeError for a name that is neither built in nor the model's own. */
export function metricOf(name: MetricName, { own = {} }: Pick<MetricSettings, "own"> = {}): MetricDefinition {
  if (isBuiltIn(name)) return metrics[name];
  const declared = Object.hasOwn(own, name) ? own[name] : undefined;
  if (declared === undefined) throw new RangeError(`There is no metric called ${name}`);
  const { higherIsBetter } = declared;
  return defineOwnMetric({ name, higherIsBetter, unitInterval: false, prepare: meanOfRows });
}

const meanOfRows = prepareMeanLoss(({ predictions }) => predictions);

/** The named metrics on the same rows; `undefined` where one is not defined there. */
export function evaluateMetrics(
  names: readonly MetricName[],
  input: MetricInput & { readonly ownValues?: OwnValues },
): Record<MetricName, number | undefined> {
  const valueOf = (name: MetricName) =>
    metricOf(name, input.settings).evaluate({ ...input, predictions: answersFor(name, input) });
  return Object.fromEntries(names.map((name) => [name, valueOf(name)]));
}

/** How much better the challenger is, in the metric's unit: positive is better, whichever way the metric points. */
export function improvement(
  { higherIsBetter }: Pick<Direction, "higherIsBetter">,
  champion: number,
  challenger: number,
): number {
  return higherIsBetter ? challenger - champion : champion - challenger;
}
