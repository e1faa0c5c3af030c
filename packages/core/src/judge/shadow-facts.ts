import { kolmogorovDistance } from "../data/column-effects.ts";
import { profileNumbers } from "../data/profile-values.ts";
import type { TargetSpec } from "../features/feature-spec.ts";
import { predictedClasses } from "../metrics/confusion.ts";
import { holm } from "../statistics/multiplicity/adjust-p.ts";
import { normalSf } from "../statistics/special/normal.ts";
import { fisherExact } from "../statistics/two-sample/fisher-exact.ts";
import { jensenShannonDistanceBase2 } from "../statistics/two-sample/jensen-shannon.ts";
import type { SliceGroup } from "./compare-slices.ts";

/** What a version answers to the rows. */
export interface ReplayedAnswers {
  /** As `Predictor.predict` gives them. */
  readonly predictions: Float64Array;
  /** Binary: the probability from which it decides for the positive class. */
  readonly threshold: number;
}

export interface ShadowRequest {
  readonly target: TargetSpec;
  readonly champion: ReplayedAnswers;
  readonly challenger: ReplayedAnswers;
  readonly slices: readonly SliceGroup[];
  /** Values of the target must not be shown. */
  readonly sensitive: boolean;
}

/** How differently two versions answer the same rows. Nobody knows here which of them is right. */
export interface ShadowFacts {
  readonly rows: number;
  /** Of classes; `null`: numbers are no decisions. */
  readonly decisions: {
    /** Rows that both decide alike. */
    readonly agreed: number;
    /** Rows that they do not, by what each decides, the most frequent first. */
    readonly flips: readonly { readonly from: string; readonly to: string; readonly rows: number }[];
  } | null;
  readonly scores: ScoreShift;
  /** The largest first. */
  readonly slices: readonly SliceShift[];
}

export interface ScoreShift {
  /** What the two means are of: the class; `null`: values, or more than two classes, which have no mean. */
  readonly of: string | null;
  readonly champion: number | null;
  readonly challenger: number | null;
  /** Mean distance of the two answers to a row: of probabilities, half the sum over the classes. */
  readonly meanMove: number;
  /** Largest distance of the distribution functions of the scores, 0 to 1; `null`: more than two classes. */
  readonly ks: number | null;
  /** Jensen-Shannon distance (base 2, 0 to 1) of the shares of the classes that are decided for; `null`: a regression. */
  readonly jsDistanceBase2: number | null;
}

export interface SliceShift {
  readonly column: string;
  readonly value: string;
  readonly rows: number;
  /** Rows that are decided otherwise; `null`: a regression. */
  readonly flipped: number | null;
  readonly meanMove: number;
  /** Whether answers change more here than in all other rows. */
  readonly moreThanElsewhere: boolean;
  /** Two-sided p of "they change as in all other rows": Fisher's exact test of the flips, or of a regression Welch's of the moves; `null`: too few rows. */
  readonly p: number | null;
  /** The same after Holm's adjustment over all slices. */
  readonly pHolm: number | null;
}

/** Rows of a slice, and beside it, from which on it is tested. */
const leastTested = 100;
/** Kinds of flips that are told; classes that a table has otherwise. */
const mostFlips = 20;

/**
 * Compares the answers of two versions to rows whose truth is not known.
 *
 * O(rows × classes + slices × rows). The exact test counts at most as many tables as a slice has rows.
 */
export function shadowFacts(request: ShadowRequest): ShadowFacts {
  const { target, champion, challenger, slices } = request;
  const moves = movesOf(target, champion.predictions, challenger.predictions);
  const decided = target.classes && ([decisionsOf(target, champion), decisionsOf(target, challenger)] as const);
  const flips = decided && Uint8Array.from(decided[0], (label, row) => Number(label !== decided[1][row]));
  const shifts = slices.map((slice) => sliceShift(slice, moves, flips));
  const adjusted = holm(shifts.map(({ p }) => p));
  return {
    rows: moves.length,
    decisions: decided && { agreed: moves.length - sum(flips!), flips: flipsOf(request, ...decided) },
    scores: scoreShift(request, moves, decided),
    slices: shifts.map((shift, i) => ({ ...shift, pHolm: adjusted[i]! })),
  };
}

type ClassLabels = ArrayLike<number> & Iterable<number>;

function decisionsOf({ task, classes }: TargetSpec, { predictions, threshold }: ReplayedAnswers): ClassLabels {
  return predictedClasses({
    task: task === "multiclass" ? "multiclass" : "binary",
    classes: classes!.length,
    predictions,
    settings: { threshold },
  });
}

/** [rows]: how far the two answers are apart. */
function movesOf({ task, classes }: TargetSpec, a: Float64Array, b: Float64Array): Float64Array {
  if (task !== "multiclass") return a.map((value, row) => Math.abs(b[row]! - value));
  const width = classes!.length;
  return Float64Array.from({ length: a.length / width }, (_, row) => {
    let apart = 0;
    for (let at = row * width; at < (row + 1) * width; at++) apart += Math.abs(b[at]! - a[at]!);
    return apart / 2;
  });
}

function flipsOf({ target, sensitive }: ShadowRequest, before: ClassLabels, now: ClassLabels) {
  const name = (label: number) => (sensitive ? `class ${label + 1}` : String(target.classes![label]));
  const width = target.classes!.length;
  const counts = new Map<number, number>();
  for (let row = 0; row < before.length; row++) {
    const pair = before[row]! * width + now[row]!;
    if (before[row] !== now[row]) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, few], [b, many]) => many - few || a - b)
    .slice(0, mostFlips)
    .map(([pair, rows]) => ({ from: name(Math.floor(pair / width)), to: name(pair % width), rows }));
}

function scoreShift(
  { target, champion, challenger, sensitive }: ShadowRequest,
  moves: Float64Array,
  decided: readonly [ClassLabels, ClassLabels] | null,
): ScoreShift {
  const meanMove = mean(moves);
  const jsDistanceBase2 =
    decided &&
    jensenShannonDistanceBase2(...(decided.map((labels) => counted(labels, target)) as [number[], number[]]));
  if (target.task === "multiclass")
    return { of: null, champion: null, challenger: null, meanMove, ks: null, jsDistanceBase2 };
  const [before, now] = [champion.predictions, challenger.predictions];
  const buckets = (values: Float64Array) => profileNumbers(target.name, values).buckets ?? [];
  return {
    of: target.classes && (sensitive ? "class 2" : String(target.classes[1])),
    champion: mean(before),
    challenger: mean(now),
    meanMove,
    ks: kolmogorovDistance(buckets(before), buckets(now)),
    jsDistanceBase2,
  };
}

function counted(labels: ClassLabels, { classes }: TargetSpec): number[] {
  const counts = new Array<number>(classes!.length).fill(0);
  for (const label of labels) counts[label]! += 1;
  return counts;
}

function sliceShift(
  { column, value, members }: SliceGroup,
  moves: Float64Array,
  flips: Uint8Array | null,
): Omit<SliceShift, "pHolm"> {
  const changes = flips ?? moves;
  const [inside, all] = [pick(changes, members), Float64Array.from(changes)];
  const [rows, others] = [inside.length, all.length - inside.length];
  const [sumInside, sumOutside] = [sum(inside), sum(all) - sum(inside)];
  const isTested = Math.min(rows, others) >= leastTested;
  return {
    column,
    value,
    rows,
    flipped: flips && sumInside,
    meanMove: mean(pick(moves, members)),
    moreThanElsewhere: others > 0 && sumInside / rows > sumOutside / others,
    p: !isTested ? null : flips ? flipP(sumInside, rows, sumOutside, others) : welchP(inside, outsideOf(all, members)),
  };
}

const flipP = (flipped: number, rows: number, elsewhere: number, others: number) =>
  fisherExact([
    [flipped, rows - flipped],
    [elsewhere, others - elsewhere],
  ]).p;

/** Source: Welch (1947), Biometrika 34; with a normal tail, since both samples have 100 rows and more. */
function welchP(a: Float64Array, b: Float64Array): number {
  const error = Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  const apart = Math.abs(mean(a) - mean(b));
  return error > 0 ? Math.min(1, 2 * normalSf(apart / error)) : Number(apart === 0);
}

function outsideOf(all: Float64Array, members: Uint32Array): Float64Array {
  const isInside = new Uint8Array(all.length);
  for (const row of members) isInside[row] = 1;
  return all.filter((_, row) => isInside[row] === 0);
}

const pick = (values: ArrayLike<number>, rows: Uint32Array) => Float64Array.from(rows, (row) => values[row]!);

function sum(values: Float64Array | Uint8Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

const mean = (values: Float64Array) => (values.length === 0 ? 0 : sum(values) / values.length);

function variance(values: Float64Array): number {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) * (value - middle))) / (values.length - 1);
}
