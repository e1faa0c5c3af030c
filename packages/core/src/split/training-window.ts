import type { TrainingPolicy } from "../spec/training-policy.ts";
import { DAY } from "../time.ts";

export interface TrainingWindow {
  /** Of the rows that were given, ascending. */
  readonly rows: Uint32Array;
  /** [rows]: how much each counts, 1 on average; `null`: all alike. */
  readonly decay: Float64Array | null;
}

/**
 * The rows that a candidate learns from, counted back from the newest of them: what decides a model of today is how old a row is
 * beside the others, never how old it is beside the clock.
 *
 * @param rows ascending, and so ascending in time; at least one.
 * @param times [rows of the table]: epoch milliseconds.
 */
export function trainingWindow(rows: Uint32Array, times: Float64Array, policy: TrainingPolicy): TrainingWindow {
  const newest = times[rows.at(-1)!]!;
  const since = policy.days === undefined ? -Infinity : newest - policy.days * DAY;
  const recent = rows.filter((row) => times[row]! >= since);
  const kept = policy.rows === undefined ? recent : recent.slice(-policy.rows);
  if (policy.halfLifeDays === undefined) return { rows: kept, decay: null };

  const perMillisecond = Math.LN2 / (policy.halfLifeDays * DAY);
  const faded = Float64Array.from(kept, (row) => Math.exp((times[row]! - newest) * perMillisecond));
  // So that penalties against overfitting weigh as much as they do without a half-life.
  const mean = faded.reduce((sum, each) => sum + each, 0) / faded.length;
  return { rows: kept, decay: faded.map((each) => each / mean) };
}
