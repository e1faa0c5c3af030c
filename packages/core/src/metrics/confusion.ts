import type { MetricInput, PreparedMetric } from "./metric.ts";

/**
 * Weight of the rows by true class (row) and predicted class (column), row-major: `cells[actual × classes + predicted]`.
 * Binary: [true negatives, false positives, false negatives, true positives]. Below them a row for what is of no known class.
 */
export interface Confusion {
  readonly classes: number;
  /** [(classes + 1) × classes]. */
  readonly cells: Float64Array;
  /** [classes + 1]: weight by true class; the last: of none that the model knows. */
  readonly actual: Float64Array;
  /** [classes]: weight by predicted class. */
  readonly predicted: Float64Array;
  readonly total: number;
}

/** The predicted class of each row, [rows]: binary by the threshold, multiclass the most probable, the lowest on a tie. */
export function predictedClasses({
  task,
  classes,
  predictions,
  settings,
}: Omit<MetricInput, "target"> & Partial<MetricInput>): Int32Array {
  const threshold = settings?.threshold ?? 0.5;
  if (task !== "multiclass") return Int32Array.from(predictions, (probability) => (probability >= threshold ? 1 : 0));
  const labels = new Int32Array(predictions.length / classes);
  for (let row = 0; row < labels.length; row++) {
    let best = 0;
    for (let label = 1; label < classes; label++) {
      if (predictions[row * classes + label]! > predictions[row * classes + best]!) best = label;
    }
    labels[row] = best;
  }
  return labels;
}

/** A metric that needs the confusion matrix only. */
export function prepareFromConfusion(metric: (confusion: Confusion) => number | undefined) {
  return (input: MetricInput): PreparedMetric => {
    const classes = input.task === "multiclass" ? input.classes : 2;
    const actualOf = (row: number) => (input.target[row]! < 0 ? classes : input.target[row]!);
    const cellOfRow = predictedClasses(input).map((label, row) => actualOf(row) * classes + label);
    return (weights) => {
      const cells = new Float64Array((classes + 1) * classes);
      for (let row = 0; row < cellOfRow.length; row++) cells[cellOfRow[row]!]! += weights[row]!;
      return metric(confusionOf(cells, classes));
    };
  };
}

/** Adds the margins to a matrix of cells. */
export function confusionOf(cells: Float64Array, classes: number): Confusion {
  const actual = new Float64Array(classes + 1);
  const predicted = new Float64Array(classes);
  let total = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    actual[Math.floor(cell / classes)]! += cells[cell]!;
    predicted[cell % classes]! += cells[cell]!;
    total += cells[cell]!;
  }
  return { classes, cells, actual, predicted, total };
}
