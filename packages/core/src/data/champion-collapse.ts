import { quoted } from "../errors/name-words.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import { leastValues } from "./signature.ts";

/** Squared errors of a model's answers for some labelled rows, beside those of a constant; sums over the rows. */
export interface AnswerErrors {
  readonly rows: number;
  readonly model: number;
  /** Of the best constant answer for these very rows: their mean, or the share of each class. */
  readonly constant: number;
  /** Squares of the differences between the two, row by row. */
  readonly squares: number;
}

/**
 * Compares answers with labels. Rows without a label, or of a class that the model does not know, do not count.
 *
 * @param predictions as `Predictor.predict` gives them: [rows], or [rows × classes] of more than two classes.
 * @param labels [rows]: as `encodeTarget` gives them.
 */
export function answerErrors(
  predictions: Float64Array,
  labels: Float64Array,
  { task, classes }: Pick<TargetSpec, "task" | "classes">,
): AnswerErrors {
  const width = task === "multiclass" ? classes!.length : 1;
  const counted = Array.from(labels.keys()).filter(
    (row) => labels[row]! >= 0 || (task === "regression" && Number.isFinite(labels[row]!)),
  );
  const truth = (row: number, k: number) => (width === 1 ? labels[row]! : Number(labels[row] === k));
  const means = Array.from(
    { length: width },
    (_, k) => counted.reduce((sum, row) => sum + truth(row, k), 0) / counted.length,
  );
  let [model, constant, squares] = [0, 0, 0];
  for (const row of counted) {
    let [own, other] = [0, 0];
    for (let k = 0; k < width; k++) {
      const answer = predictions[row * width + k]! - truth(row, k);
      const mean = means[k]! - truth(row, k);
      own += answer * answer;
      other += mean * mean;
    }
    model += own;
    constant += other;
    squares += (own - other) * (own - other);
  }
  return { rows: counted.length, model, constant, squares };
}

/** Rows without which nothing is said. */
const leastRows = 100;
/** As many standard deviations are reached by chance in one of three million batches. */
const leastDeviations = 5;
/** Labels that have nothing to do with the rows make a calibrated model worse than a constant by this and more. */
const leastRatio = 1.05;

/**
 * The champion answers new rows worse than a constant would, beyond chance: labels that were swapped, shifted or joined to other rows look
 * like this, and so does a world in which its rules no longer hold. No column need look different.
 *
 * @param parts of the new rows, file by file; small ones do not count, as a constant that is made from a few rows fits them too well.
 * @returns `null`: nothing of the kind.
 */
export function championCollapse(target: string, parts: readonly AnswerErrors[]): Finding | null {
  const large = parts.filter(({ rows }) => rows >= leastValues);
  const total = (key: keyof AnswerErrors) => large.reduce((sum, part) => sum + part[key], 0);
  const [rows, model, constant] = [total("rows"), total("model"), total("constant")];
  const difference = model - constant;
  if (rows < leastRows || !(model > leastRatio * constant)) return null;
  const variance = total("squares") - (difference * difference) / rows;
  if (difference <= leastDeviations * Math.sqrt(Math.max(0, variance))) return null;
  const message =
    `The champion predicts ${rows} new rows worse than a constant would: its mean squared error is ${short(model / rows)}, ` +
    `that of the best constant ${short(constant / rows)}. The columns as a whole have not drifted, so ${quoted(target)} may be swapped, shifted or joined to the wrong rows.`;
  return finding("champion-collapse", { column: target, count: rows }, message);
}

const short = (x: number) => String(Number(x.toPrecision(3)));
