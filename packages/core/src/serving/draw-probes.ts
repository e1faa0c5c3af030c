import { bucketQuantiles } from "../data/buckets.ts";
import type { ColumnProfile, Profile } from "../data/profile.ts";
import type { ColumnInfo } from "../features/column-info.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import { randomBits } from "../statistics/resampling/random-bits.ts";

type ProbeValue = string | number | boolean | null;
/** A row as a caller sends it, which nobody has. */
export type ProbeRow = Readonly<Record<string, ProbeValue>>;

export interface ProbesRequest {
  readonly features: Pick<FeatureSpec, "inputs" | "features">;
  /** Of the source columns; what `prepare` computes has none. */
  readonly profile: Pick<Profile, "columns">;
  /** Columns of which nothing may be told: they are missing in every row. */
  readonly sensitive: readonly string[];
  readonly seed: number;
  /** Numbers of an answer. */
  readonly width: number;
}

const mostRows = 16;
/** Numbers of all answers together. */
const mostNumbers = 4096;
/** A text that is in no data. */
const unseen = "\u{fffd} no such text";
/** Where nothing is known of the numbers. */
const plainNumbers = [0, 1, -1, 10, 0.5];
const DAY_DIGITS = 10;

/**
 * Made-up rows for a version: texts that its features know and one that they do not, numbers from the quantiles of its profile,
 * each value drawn on its own so that no row is a real one, and missing values; all of the first row are missing.
 *
 * A function of its arguments, on every engine: numbers are rounded to three digits, since the profile's quantiles rest on `Math.exp`.
 */
export function drawProbes({ features, profile, sensitive, seed, width }: ProbesRequest): ProbeRow[] {
  const next = randomBits(seed, stream);
  const below = (count: number) => Math.floor((next() / 4_294_967_296) * count);
  const known = new Map(profile.columns.map((column) => [column.name, column]));
  const makers = features.inputs
    .filter(({ type }) => type !== "file")
    .map((input) => {
      const values = sensitive.includes(input.name) ? [null] : valuesOf(input, features, known.get(input.name));
      return { name: input.name, values };
    });
  const rows = Math.max(1, Math.min(mostRows, Math.floor(mostNumbers / width)));
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      makers.map(({ name, values }) => [name, row === 0 || below(8) === 0 ? null : values[below(values.length)]!]),
    ),
  );
}

/** Another one than those of training with the same seed. */
const stream = 0x70726f62;

function valuesOf(
  { name, type }: ColumnInfo,
  { features }: Pick<FeatureSpec, "features">,
  column: ColumnProfile | undefined,
): readonly ProbeValue[] {
  if (type === "boolean") return [false, true];
  const levels = features.flatMap((each) => (each.kind === "categorical" && each.input === name ? each.levels : []));
  if (type === "string") return [...levels, unseen];
  const numbers = quantilesOf(column);
  if (type === "number") return [...numbers, ...levels.map(Number)];
  if (type === "integer") return [...numbers, ...levels.map(Number)].map(Math.round);
  const digits = type === "date" ? DAY_DIGITS : undefined;
  return numbers.map((instant) => new Date(instant).toISOString().slice(0, digits));
}

const probabilities = [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98];

function quantilesOf(column: ColumnProfile | undefined): readonly number[] {
  const { buckets, min, max } = column ?? {};
  if (buckets === undefined || min === undefined || max === undefined) return plainNumbers;
  // Within what a date can be, whatever the numbers are.
  const range = { min: Math.max(min, -8.64e15), max: Math.min(max, 8.64e15) };
  const numbers = bucketQuantiles(buckets, { min: -Infinity, max: Infinity }, probabilities);
  const rounded = numbers.map((number) => Number(Math.min(range.max, Math.max(range.min, number)).toPrecision(3)));
  return rounded.length > 0 ? [...new Set(rounded)] : plainNumbers;
}
