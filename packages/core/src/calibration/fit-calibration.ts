import { applyCalibration, type CalibrationMaps, type CalibrationMethod } from "./calibration.ts";
import { fitIsotonic } from "./fit-isotonic.ts";
import { fitPlatt } from "./fit-platt.ts";

/** A model's answers to rows whose labels are known, of a binary task or several classes. */
export interface CalibrationRows {
  /** 2 for a binary task. */
  readonly classes: number;
  /** Binary [rows], or [rows × classes]. */
  readonly answers: Float64Array;
  /** [rows]: class index from 0. */
  readonly target: Float64Array;
  /** [rows]: positive; absent: all 1. */
  readonly weights?: Float64Array;
}

/** The maps that make these answers as right as they say. There must be a row. */
export function fitCalibration(method: CalibrationMethod, rows: CalibrationRows): CalibrationMaps {
  const fit = method === "platt" ? fitPlatt : fitIsotonic;
  const width = widthOf(rows);
  return [...new Uint8Array(width).keys()].map((label) => {
    const answers = rows.target.map((_, row) => rows.answers[row * width + label]!);
    const positive = width === 1 ? 1 : label;
    const isPositive = Uint8Array.from(rows.target, (answer) => (answer === positive ? 1 : 0));
    return fit({ answers, isPositive, ...(rows.weights && { weights: rows.weights }) });
  });
}

const folds = 5;

/**
 * What calibration makes of rows that it was not fitted on: a fifth of the rows each goes through maps of the others. By its own rows a
 * calibration looks better than it is, and of several candidates the one that bends most would be chosen.
 */
export function crossCalibrated(method: CalibrationMethod, rows: CalibrationRows): Float64Array {
  const width = widthOf(rows);
  const count = rows.target.length;
  if (count < 2) return rows.answers;
  const calibrated = new Float64Array(rows.answers.length);
  for (let fold = 0; fold < Math.min(folds, count); fold++) {
    const maps = fitCalibration(
      method,
      picked(rows, (row) => row % folds !== fold),
    );
    const { answers } = picked(rows, (row) => row % folds === fold);
    const own = applyCalibration(maps, answers);
    for (let place = 0; place < own.length; place++) {
      const row = Math.floor(place / width) * folds + fold;
      calibrated[row * width + (place % width)] = own[place]!;
    }
  }
  return calibrated;
}

function picked(
  { classes, answers, target, weights }: CalibrationRows,
  isIn: (row: number) => boolean,
): CalibrationRows {
  const width = widthOf({ classes });
  return {
    classes,
    answers: answers.filter((_, place) => isIn(Math.floor(place / width))),
    target: target.filter((_, row) => isIn(row)),
    ...(weights && { weights: weights.filter((_, row) => isIn(row)) }),
  };
}

const widthOf = ({ classes }: Pick<CalibrationRows, "classes">) => (classes === 2 ? 1 : classes);
