import type { TargetSpec } from "../features/feature-spec.ts";
import { predictedClasses } from "../metrics/confusion.ts";
import { sortedOrder } from "../statistics/resampling/sorted-order.ts";

/** How answers lie to the truth on the holdout, beneath the sums that metrics are. Rows are counted, not weighted. */
export type AnswerFacts =
  | {
      readonly kind: "classes";
      /** Of the table, the most frequent first where there are many; the last may stand for all others. */
      readonly classes: readonly string[];
      /** [actual][predicted]: rows. */
      readonly champion: readonly (readonly number[])[] | null;
      readonly challenger: readonly (readonly number[])[];
      /** Of a binary model; `null`: it has more classes. */
      readonly curves: { readonly champion: Curves | null; readonly challenger: Curves } | null;
    }
  | {
      readonly kind: "numbers";
      readonly champion: readonly ResidualBin[] | null;
      readonly challenger: readonly ResidualBin[];
    };

export type CurvePoint = readonly [x: number, y: number];

/** For each threshold, as few points as show the shape. */
export interface Curves {
  /** False positive rate, true positive rate. */
  readonly roc: readonly CurvePoint[];
  /** Recall, precision. */
  readonly pr: readonly CurvePoint[];
}

/** Rows of like predictions, and true values minus predicted ones among them. */
export interface ResidualBin {
  readonly rows: number;
  /** Mean prediction. */
  readonly predicted: number;
  /** Residual that a tenth, half and nine tenths of the rows do not exceed. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface AnswersRequest {
  readonly target: TargetSpec;
  /** [rows]: encoded target of the holdout. */
  readonly labels: Float64Array;
  readonly champion: Float64Array | null;
  readonly challenger: Float64Array;
  readonly threshold: number | undefined;
  /** Values of the target must not be shown. */
  readonly sensitive: boolean;
}

const mostClasses = 12;
const curvePoints = 40;
const residualBins = 10;

/** @returns `null`: a prediction is not a finite number, or there is no row. */
export function answerFacts(request: AnswersRequest): AnswerFacts | null {
  const { target, labels, champion, challenger } = request;
  const isWhole = (predictions: Float64Array) => predictions.every(Number.isFinite);
  if (labels.length === 0 || !isWhole(challenger)) return null;
  const compared = champion !== null && isWhole(champion) ? champion : null;
  const of = <T>(facts: (predictions: Float64Array) => T) => ({
    champion: compared && facts(compared),
    challenger: facts(challenger),
  });
  if (target.task === "regression")
    return { kind: "numbers", ...of((predictions) => residualBinsOf(labels, predictions)) };
  const { names, places } = shownClasses(request);
  return {
    kind: "classes",
    classes: names,
    ...of((predictions) => classTable(request, predictions, { count: names.length, places })),
    curves: target.task === "binary" ? of((predictions) => curvesOf(labels, predictions)) : null,
  };
}

/** Names of the classes in the table, and the place of each class in it. */
function shownClasses({ target, labels, sensitive }: AnswersRequest): { names: string[]; places: number[] } {
  const classes = (target.classes ?? []).map((value, i) => (sensitive ? `class ${i + 1}` : String(value)));
  if (classes.length <= mostClasses) return { names: classes, places: [...classes.keys()] };
  const rows = new Float64Array(classes.length);
  for (const label of labels) if (label >= 0) rows[label]! += 1;
  const shown = [...classes.keys()].sort((a, b) => rows[b]! - rows[a]! || a - b).slice(0, mostClasses - 1);
  const places = classes.map((_, i) => (shown.includes(i) ? shown.indexOf(i) : mostClasses - 1));
  return { names: [...shown.map((i) => classes[i]!), `${classes.length - shown.length} others`], places };
}

function classTable(
  { target, labels, threshold }: AnswersRequest,
  predictions: Float64Array,
  { count, places }: { readonly count: number; readonly places: readonly number[] },
): number[][] {
  const classes = target.classes?.length ?? 2;
  const task = target.task === "multiclass" ? "multiclass" : "binary";
  const predicted = predictedClasses({ task, classes, predictions, settings: { threshold } });
  const table = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (const [row, label] of labels.entries()) {
    // A class that the model does not know has no row of its own.
    if (label >= 0) table[places[label]!]![places[predicted[row]!]!]! += 1;
  }
  return table;
}

function curvesOf(labels: Float64Array, predictions: Float64Array): Curves {
  const order = sortedOrder(predictions);
  const positives = labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  const negatives = labels.length - positives;
  const roc: CurvePoint[] = [[0, 0]];
  const pr: CurvePoint[] = [];
  let [found, wrong] = [0, 0];
  for (let place = order.length - 1; place >= 0; place--) {
    const row = order[place]!;
    if (labels[row] === 1) found += 1;
    else wrong += 1;
    // Rows with one score are found together.
    if (place > 0 && predictions[order[place - 1]!] === predictions[row]) continue;
    roc.push([share(wrong, negatives), share(found, positives)]);
    pr.push([share(found, positives), share(found, found + wrong)]);
  }
  return { roc: thinned(roc), pr: thinned(pr) };
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/** First and last, and those between at equal steps along the curve. */
function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  if (points.length <= curvePoints) return [...points];
  const steps = points.map((point, i) => {
    const before = points[Math.max(0, i - 1)]!;
    return Math.abs(point[0] - before[0]) + Math.abs(point[1] - before[1]);
  });
  const whole = steps.reduce((sum, step) => sum + step, 0);
  let [walked, next] = [0, 0];
  return points.filter((_, i) => {
    walked += steps[i]!;
    if (i < points.length - 1 && walked < (whole * next) / (curvePoints - 1)) return false;
    next = Math.floor((walked * (curvePoints - 1)) / whole) + 1;
    return true;
  });
}

function residualBinsOf(labels: Float64Array, predictions: Float64Array): ResidualBin[] {
  const order = sortedOrder(predictions);
  const start = (bin: number) => Math.floor((bin * order.length) / residualBins);
  return Array.from({ length: residualBins }, (_, bin) => {
    const rows = order.slice(start(bin), start(bin + 1));
    if (rows.length === 0) return [];
    const residuals = Float64Array.from(rows, (row) => labels[row]! - predictions[row]!).sort();
    const at = (part: number) => residuals[Math.min(residuals.length - 1, Math.floor(part * residuals.length))]!;
    const predicted = rows.reduce((sum, row) => sum + predictions[row]!, 0) / rows.length;
    return [{ rows: rows.length, predicted, low: at(0.1), median: at(0.5), high: at(0.9) }];
  }).flat();
}
