import { oddsRatio } from "./odds-ratio.ts";

const LEAST_ROWS = 20;
const LEAST_SHARE = 0.98;
const MOST_SHARE_ELSEWHERE = 0.9;
const LEAST_ODDS_RATIO = 10;
/** The lower end of the odds ratio's one-sided 99 % interval must be above this. */
const LEAST_SURE_ODDS_RATIO = 3;

export interface FilledRows {
  /** Class of the rows that have a value. */
  readonly label: number;
  readonly rows: number;
  /** Share of the class among them, and among the others. */
  readonly share: number;
  readonly shareElsewhere: number;
}

/**
 * Find a column that has a value only where the outcome is one class, such as the day of a cancellation. Not every such row
 * has one, so that the column need not tell the target by itself.
 *
 * @param isFilled [rows]: 1 where the column has a value. @param target class index of each row.
 * @returns `null`: it does not look like that.
 */
export function filledForOneClass(isFilled: Uint8Array, target: Float64Array, classes: number): FilledRows | null {
  const [filled, other] = [new Float64Array(classes), new Float64Array(classes)];
  for (let row = 0; row < target.length; row++) {
    const label = target[row]!;
    if (label >= 0) (isFilled[row] === 1 ? filled : other)[label]! += 1;
  }
  const [rows, otherRows] = [sum(filled), sum(other)];
  if (rows < LEAST_ROWS || otherRows < LEAST_ROWS) return null;
  const label = filled.indexOf(filled.reduce((a, b) => Math.max(a, b)));
  const [share, shareElsewhere] = [filled[label]! / rows, other[label]! / otherRows];
  if (share < LEAST_SHARE || shareElsewhere > MOST_SHARE_ELSEWHERE) return null;
  const { ratio, low } = oddsRatio([filled[label]!, rows], [other[label]!, otherRows]);
  return ratio >= LEAST_ODDS_RATIO && low > LEAST_SURE_ODDS_RATIO ? { label, rows, share, shareElsewhere } : null;
}

const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);
