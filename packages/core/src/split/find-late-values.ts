import type { FeatureColumn } from "../learners/learner.ts";
import { oddsRatio } from "./odds-ratio.ts";

/** Share of rows that hold one and the same value, for a column to count as "seldom filled". */
const LEAST_DEFAULT_SHARE = 0.9;
const LEAST_OTHER_ROWS = 20;
const LEAST_SHARE = 0.5;
const LEAST_ODDS_RATIO = 10;
/** The lower end of the odds ratio's one-sided 99 % interval must be above this. */
const LEAST_SURE_ODDS_RATIO = 3;

export interface LateValues {
  /** Class that the rows with another value mostly have. */
  readonly label: number;
  /** Share of rows with the usual value. */
  readonly usualShare: number;
  /** Share of the class among rows with another value, and among rows with the usual one. */
  readonly shareElsewhere: number;
  readonly shareAtUsual: number;
  readonly otherRows: number;
}

/**
 * Find a column that looks as if it were filled in once the outcome is known, such as the cost of a repair.
 *
 * Over all rows it is a weak feature, for it is nearly always the same (0, or missing); where it is not, the outcome
 * is mostly one class, with odds more than ten times as high.
 *
 * @param target class index of each row. @returns `null`: it does not look like that.
 */
export function findLateValues(feature: FeatureColumn, target: Float64Array, classes: number): LateValues | null {
  const values = feature.kind === "numeric" ? feature.values : feature.codes;
  const value = mostlyThere(values);
  const usual = new Float64Array(classes);
  const other = new Float64Array(classes);
  for (let row = 0; row < values.length; row++) (areEqual(values[row]!, value) ? usual : other)[target[row]!]! += 1;
  const usualRows = usual.reduce((a, b) => a + b, 0);
  const otherRows = other.reduce((a, b) => a + b, 0);
  const usualShare = usualRows / target.length;
  if (usualShare < LEAST_DEFAULT_SHARE || otherRows < LEAST_OTHER_ROWS) return null;

  for (let label = 0; label < classes; label++) {
    const shareElsewhere = other[label]! / otherRows;
    if (shareElsewhere < LEAST_SHARE) continue;
    const { ratio, low } = oddsRatio([other[label]!, otherRows], [usual[label]!, usualRows]);
    if (ratio >= LEAST_ODDS_RATIO && low > LEAST_SURE_ODDS_RATIO) {
      return { label, usualShare, shareElsewhere, shareAtUsual: usual[label]! / usualRows, otherRows };
    }
  }
  return null;
}

/**
 * The value that more than half of the rows have; some value, where none is so frequent.
 *
 * Source: Boyer & Moore (1991), "MJRTY: a fast majority vote algorithm".
 */
function mostlyThere(values: Float32Array | Uint8Array): number {
  let [found, lead] = [Number.NaN, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (lead === 0) found = value;
    lead += areEqual(value, found) ? 1 : -1;
  }
  return found;
}

const areEqual = (a: number, b: number) => a === b || (Number.isNaN(a) && Number.isNaN(b));
