import {
  accuracy,
  balancedAccuracy,
  f1Of,
  macroAverage,
  matthewsCorrelation,
  precisionOf,
  recallOf,
  weightedAverage,
} from "../../src/metrics/classification.ts";
import { confusionOf } from "../../src/metrics/confusion.ts";
import { metrics } from "../../src/metrics/metrics.ts";
import { floats, type Adapters } from "./adapter.ts";

/** Metrics of predictions. */
export const ofPredictions = {
  binary_score_metrics({ y, score }: { y: number[]; score: number[] }) {
    const rows = { task: "binary", classes: 2, target: floats(y), predictions: floats(score) } as const;
    return {
      roc_auc: metrics.rocAuc.evaluate(rows),
      average_precision: metrics.prAuc.evaluate(rows),
      brier: metrics.brier.evaluate(rows),
      "log_loss_eps1e-15": metrics.logLoss.evaluate(rows),
    };
  },
  ece_binary: ({ y, p }: { y: number[]; p: number[] }) => ({
    ece_mass10: metrics.ece.evaluate({ task: "binary", classes: 2, target: floats(y), predictions: floats(p) }),
  }),
  classification_metrics({ y_true, y_pred }: { y_true: number[]; y_pred: number[] }) {
    const labels = [...new Set([...y_true, ...y_pred])].sort((a, b) => a - b);
    const size = labels.length;
    const cells = new Float64Array(size * size);
    for (const [row, label] of y_true.entries()) cells[labels.indexOf(label) * size + labels.indexOf(y_pred[row]!)]!++;
    const confusion = confusionOf(cells, size);
    return {
      accuracy: accuracy(confusion),
      balanced_accuracy: balancedAccuracy(confusion),
      f1_macro: macroAverage(confusion, f1Of),
      precision_macro: macroAverage(confusion, precisionOf),
      recall_macro: macroAverage(confusion, recallOf),
      f1_weighted: weightedAverage(confusion, f1Of),
      precision_weighted: weightedAverage(confusion, precisionOf),
      recall_weighted: weightedAverage(confusion, recallOf),
      // Micro averages over single labels are all the accuracy.
      f1_micro: accuracy(confusion),
      precision_micro: accuracy(confusion),
      recall_micro: accuracy(confusion),
      // Undefined for us with one class; scikit-learn says 0.
      mcc: matthewsCorrelation(confusion) ?? 0,
      confusion: labels.map((_, row) => [...cells.subarray(row * size, (row + 1) * size)]),
      labels,
    };
  },
  regression_metrics({ y_true, y_pred }: { y_true: number[]; y_pred: number[] }) {
    const rows = { task: "regression", classes: 0, target: floats(y_true), predictions: floats(y_pred) } as const;
    const rmse = metrics.rmse.evaluate(rows);
    // Undefined for us when the target is constant; scikit-learn then says 1 for perfect predictions, else 0.
    const ofConstant = y_true.length < 2 ? undefined : rmse === 0 ? 1 : 0;
    return {
      mae: metrics.mae.evaluate(rows),
      mse: rmse === undefined ? undefined : rmse * rmse,
      rmse,
      r2: metrics.r2.evaluate(rows) ?? ofConstant,
      mape: metrics.mape.evaluate(rows),
    };
  },
} satisfies Adapters;
