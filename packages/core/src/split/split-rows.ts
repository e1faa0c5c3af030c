import { TimeMissingError, TooFewRowsError } from "../errors/split-errors.ts";
import type { HoldoutPolicy } from "../spec/model-spec.ts";
import { DAY } from "../time.ts";

const DEFAULT_FRACTION = 0.2;

export interface SplitRequest {
  /** Indices of the rows to split, ascending. */
  readonly rows: Uint32Array;
  /** The time column: its name, and epoch milliseconds of every row of the table, ascending. `null`: split by hash. */
  readonly time: { readonly name: string; readonly values: Float64Array } | null;
  /** Position of every row of the table in [0, 1), from the hash of its key. */
  readonly positions: Float64Array;
  readonly policy: HoldoutPolicy;
  /** Share of the training side that chooses among candidates. */
  readonly validationFraction: number;
}

/** Row indices, ascending. No row is in two parts; together they are all rows of the request. */
export interface Split {
  readonly kind: "temporal" | "hash";
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly holdout: Uint32Array;
  /** Temporal: border and newest instant of the holdout, epoch milliseconds. */
  readonly from: number | null;
  readonly to: number | null;
  /** Temporal: newest instant that training or validation saw. */
  readonly trainedUntil: number | null;
  /** Hash: the share held out. */
  readonly fraction: number | null;
}

/**
 * Split rows into training, validation and holdout.
 *
 * By time: the holdout is the newest days, counted back from the newest row and never from now, or the newest
 * share; validation is the newest share of the rest. Rows with equal times stay together, on the newer side. By hash:
 * both are slices of the unit interval, so that neither new rows nor another order move a row to the other side.
 *
 * @throws TimeMissingError, TooFewRowsError
 */
export function splitRows(request: SplitRequest): Split {
  const split = request.time === null ? splitByHash(request) : splitByTime(request, request.time);
  const { train, validation, holdout } = split;
  const sizes = { train: train.length, validation: validation.length, holdout: holdout.length };
  if (Math.min(...Object.values(sizes)) === 0) throw new TooFewRowsError(sizes, request.rows.length);
  return split;
}

function splitByTime(
  { rows, policy, validationFraction }: SplitRequest,
  time: NonNullable<SplitRequest["time"]>,
): Split {
  const times = Float64Array.from(rows, (row) => time.values[row]!);
  const missing = times.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (missing > 0) throw new TimeMissingError(time.name, missing, rows.length);

  const to = times.at(-1) ?? null;
  const border =
    policy.days === undefined || to === null
      ? startOfNewest(times, policy.fraction ?? DEFAULT_FRACTION)
      : firstAtOrAfter(times, to - policy.days * DAY);
  const trainEnd = startOfNewest(times.subarray(0, border), validationFraction);
  return {
    kind: "temporal",
    train: rows.slice(0, trainEnd),
    validation: rows.slice(trainEnd, border),
    holdout: rows.slice(border),
    from: policy.days === undefined || to === null ? (times[border] ?? null) : to - policy.days * DAY,
    to,
    trainedUntil: times[border - 1] ?? null,
    fraction: null,
  };
}

/** Index where the newest share of sorted times begins; ties at the border are newest too. */
function startOfNewest(times: Float64Array, fraction: number): number {
  const border = times.length - Math.round(times.length * fraction);
  return border < times.length ? firstAtOrAfter(times, times[border]!) : border;
}

/** Binary search in ascending times. */
function firstAtOrAfter(times: Float64Array, instant: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

function splitByHash({ rows, positions, policy, validationFraction }: SplitRequest): Split {
  const fraction = policy.fraction ?? DEFAULT_FRACTION;
  const validationEnd = fraction + (1 - fraction) * validationFraction;
  const between = (low: number, high: number) => rows.filter((row) => positions[row]! >= low && positions[row]! < high);
  return {
    kind: "hash",
    holdout: between(0, fraction),
    validation: between(fraction, validationEnd),
    train: between(validationEnd, 1),
    from: null,
    to: null,
    trainedUntil: null,
    fraction,
  };
}
