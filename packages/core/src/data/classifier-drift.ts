import { prepareRocAuc } from "../metrics/ranking.ts";
import { normalSf } from "../statistics/special/normal.ts";

/** Whether a classifier can tell the new rows from rows that the champion was built from, all features together. */
export interface ClassifierDrift {
  /** `insufficient`: fewer than 500 rows on a side, or none of the champion's files is here. */
  readonly status: "ok" | "drift" | "insufficient";
  /** Rows of each side that were compared. */
  readonly rows: number;
  /** Probability that a new row scores higher than an old one, of rows that the classifier was not trained on. */
  readonly auc: number | null;
  /** One-sided, of "it cannot tell them apart". */
  readonly p: number | null;
  /** What it told them by, the most telling first. */
  readonly features: readonly string[];
}

export const leastClassifierRows = 500;
/** Smallest area that matters, however significant. */
const leastAuc = 0.6;
const alpha = 0.05;

/**
 * Judges a classifier's scores (Lopez-Paz and Oquab 2017): one-sided by the variance of the Mann-Whitney statistic under no
 * difference, and the area reaches 0.60.
 *
 * @param isNew 1 for new rows, 0 for the champion's; as many of each.
 * @param scores of rows that were held out of the training of what scored them.
 */
export function judgeClassifier(
  isNew: Float64Array,
  scores: Float64Array,
  features: readonly string[],
): ClassifierDrift {
  const rows = Math.floor(isNew.length / 2);
  if (rows < leastClassifierRows) return insufficientClassifier(rows);
  const input = { task: "binary" as const, classes: 2, target: isNew, predictions: scores };
  const auc = prepareRocAuc(input)(new Float64Array(isNew.length).fill(1))!;
  const deviation = Math.sqrt((2 * rows + 1) / (12 * rows * rows));
  const p = normalSf((auc - 0.5) / deviation);
  return { status: p < alpha && auc >= leastAuc ? "drift" : "ok", rows, auc, p, features };
}

export function insufficientClassifier(rows: number): ClassifierDrift {
  return { status: "insufficient", rows, auc: null, p: null, features: [] };
}

/** 1 and above is drift, as in `driftVerdict`. */
export function classifierLevel({ status, auc, p }: ClassifierDrift): number {
  if (auc === null || p === null || p >= alpha) return 0;
  const level = (auc - 0.5) / (leastAuc - 0.5);
  return status === "drift" ? Math.max(1, level) : Math.min(1, level);
}
