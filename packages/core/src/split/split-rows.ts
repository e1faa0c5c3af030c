import { TimeMissingError, TooFewRowsError } from "../errors/split-errors.ts";
import type { HoldoutPolicy, ValidationPolicy } from "../spec/model-spec.ts";
import { DAY } from "../time.ts";
import { firstAtLeast } from "./first-at-least.ts";

/** Of all rows for the holdout, and of the rest for validation. */
const DEFAULT_FRACTION = 0.2;
/** Validation spans this many times what the holdout spans: the choice among candidates needs more rows than the verdict. */
const VALIDATION_SPANS = 2;
/** Of the rows before the holdout that validation may take by default. */
const MOST_VALIDATION = 0.5;

export interface SplitRequest {
  /** Indices of the rows to split, ascending. */
  readonly rows: Uint32Array;
  /** The time column: its name, and epoch milliseconds of every row of the table, ascending. `null`: split by hash. */
  readonly time: { readonly name: string; readonly values: Float64Array } | null;
  /** Position of every row of the table in [0, 1), from the hash of its key; not looked at where there is a time. */
  readonly positions: Float64Array;
  readonly policy: HoldoutPolicy;
  readonly validation: ValidationPolicy;
  /** Newest instant that the champion has learned from, epoch milliseconds; `null`: there is none, or it is not known. */
  readonly learnedUntil: number | null;
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
  /** Temporal: `false`: too few rows are newer than what the champion has learned from, so it has seen rows of the holdout. */
  readonly unseen: boolean;
}

/**
 * Split rows into training, validation and holdout.
 *
 * By time: the holdout is the newest days, counted back from the newest row and never from now, or the newest
 * share; where the champion has learned from some of those rows, only what is newer, if that is enough to judge. What it has
 * learned from is then trained on by the challenger too. Validation is the newest of the rest: by default twice the days of
 * the holdout, and at most half of the rows. Rows with equal times stay together, on the newer side. By hash: both are
 * slices of the unit interval, so that neither new rows nor another order move a row to the other side.
 *
 * @throws TimeMissingError, TooFewRowsError
 */
export function splitRows(request: SplitRequest): Split {
  const split = request.time === null ? splitByHash(request) : splitByTime(request, request.time);
  const { train, validation, holdout } = split;
  const sizes = { train: train.length, validation: validation.length, holdout: holdout.length };
  if (Math.min(...Object.values(sizes)) === 0) {
    const { rows, time, positions } = request;
    const kinds = new Set(Array.from(rows, (row) => (time === null ? positions : time.values)[row])).size;
    const together = kinds === rows.length ? null : time === null ? { kinds } : "times";
    throw new TooFewRowsError(sizes, { rows: rows.length, together });
  }
  return split;
}

function splitByTime(request: SplitRequest, time: NonNullable<SplitRequest["time"]>): Split {
  const { rows, policy } = request;
  const times = new Float64Array(rows.length);
  for (let i = 0; i < times.length; i++) times[i] = time.values[rows[i]!]!;
  const missing = times.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (missing > 0) throw new TimeMissingError(time.name, missing, rows.length);

  const to = times.at(-1) ?? null;
  const { border, from, unseen } = beginOfHoldout(times, request);
  const days = policy.days ?? (to === null || from === null ? 0 : (to - from) / DAY);
  const trainEnd = beginOfValidation(times.subarray(0, border), request.validation, { from: from ?? 0, days });
  return {
    kind: "temporal",
    train: rows.slice(0, trainEnd),
    validation: rows.slice(trainEnd, border),
    holdout: rows.slice(border),
    from,
    to,
    trainedUntil: times[border - 1] ?? null,
    fraction: null,
    unseen,
  };
}

/** What a person asked for, or what is newer than all that the champion has learned from, where that leaves enough rows. */
function beginOfHoldout(times: Float64Array, { policy, learnedUntil }: SplitRequest) {
  const to = times.at(-1) ?? null;
  const asked =
    policy.days === undefined || to === null
      ? startOfNewest(times, policy.fraction ?? DEFAULT_FRACTION)
      : firstAtLeast(times, to - policy.days * DAY);
  const from = policy.days === undefined || to === null ? (times[asked] ?? null) : to - policy.days * DAY;
  const newer = learnedUntil === null ? 0 : firstAtLeast(times, learnedUntil + 1);
  if (newer <= asked) return { border: asked, from, unseen: true };
  if (times.length - newer < policy.minRows) return { border: asked, from, unseen: false };
  return { border: newer, from: times[newer]!, unseen: true };
}

/** @param before the times before the holdout, which begins at `from` and spans `days`. */
function beginOfValidation(
  before: Float64Array,
  { days, fraction }: ValidationPolicy,
  holdout: { readonly from: number; readonly days: number },
): number {
  if (fraction !== undefined) return startOfNewest(before, fraction);
  if (days !== undefined) return firstAtLeast(before, holdout.from - days * DAY);
  const spanned = firstAtLeast(before, holdout.from - VALIDATION_SPANS * holdout.days * DAY);
  // Where all rows of the holdout have one time, as with one file a month, it spans nothing.
  if (spanned === before.length) return startOfNewest(before, DEFAULT_FRACTION);
  return Math.max(spanned, startOfNewest(before, MOST_VALIDATION));
}

/** Index where the newest share of sorted times begins; ties at the border are newest too. */
function startOfNewest(times: Float64Array, fraction: number): number {
  const border = times.length - Math.round(times.length * fraction);
  return border < times.length ? firstAtLeast(times, times[border]!) : border;
}

function splitByHash({ rows, positions, policy, validation }: SplitRequest): Split {
  const fraction = policy.fraction ?? DEFAULT_FRACTION;
  const validationEnd = fraction + (1 - fraction) * (validation.fraction ?? DEFAULT_FRACTION);
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
    unseen: true,
  };
}
