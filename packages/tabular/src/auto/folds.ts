import { pickFeatures, stackFeatures, type LabelledRows } from "@refit/core/runtime";
import { seededRandom } from "../random.ts";

/** Rows to learn from and rows to be asked about. */
export interface Fold {
  readonly train: LabelledRows;
  readonly validation: LabelledRows;
}

/** With fewer rows than this, a fifth of them says too little. */
const FEW_ROWS = 2500;
/** Values (rows × columns × outputs) up to which five trainings are worth their time. */
const MOST_VALUES = 300_000;
const FOLDS = 5;

/**
 * The divisions of the rows by which settings are compared: the one that is given, or with few rows five of them. Then each
 * part is asked about once; where rows have times, only the newer three parts, each by what all older rows teach, since
 * nobody learns from the future.
 */
export function foldsOf(given: Fold, valuesPerRow: number, seed: number): readonly Fold[] {
  const { train, validation } = given;
  const rows = train.target.length + validation.target.length;
  if (rows >= FEW_ROWS || rows < 10 * FOLDS || rows * valuesPerRow > MOST_VALUES) return [given];
  const all = stackRows([train, validation]);
  if (train.times !== undefined) return [2, 3, 4].map((part) => byTime(all, part));
  const order = shuffled(rows, seed);
  return Array.from({ length: FOLDS }, (_, fold) => ({
    train: rowsByPlace(all, order.filter((_row, place) => place % FOLDS !== fold).sort()),
    validation: rowsByPlace(all, order.filter((_row, place) => place % FOLDS === fold).sort()),
  }));
}

/** Rows stand in the order of their times. */
function byTime(all: LabelledRows, part: number): Fold {
  const rows = all.target.length;
  const start = (of: number) => Math.floor((of * rows) / FOLDS);
  const from = (first: number, end: number) => Uint32Array.from({ length: end - first }, (_, row) => first + row);
  return {
    train: rowsByPlace(all, from(0, start(part))),
    validation: rowsByPlace(all, from(start(part), start(part + 1))),
  };
}

function shuffled(rows: number, seed: number): Uint32Array {
  const random = seededRandom(seed);
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  for (let last = rows - 1; last > 0; last--) {
    const other = random() % (last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

export function rowsByPlace({ features, target, weights, times }: LabelledRows, rows: Uint32Array): LabelledRows {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    features: pickFeatures(features, rows),
    target: pick(target),
    ...(weights && { weights: pick(weights) }),
    ...(times && { times: pick(times) }),
  };
}

/** The rows of all parts, one part after the other, without their times. */
function stackRows(parts: readonly LabelledRows[]): LabelledRows {
  const [first, ...others] = parts;
  const weights = parts.flatMap((part) => part.weights ?? []);
  return {
    features: stackFeatures(first!.features, ...others.map(({ features }) => features)),
    target: joined(parts.map(({ target }) => target)),
    ...(weights.length === parts.length && { weights: joined(weights) }),
  };
}

export function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
