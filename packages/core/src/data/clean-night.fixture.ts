import { randomBits } from "../statistics/resampling/random-bits.ts";
import { normalQuantile } from "../statistics/special/normal.ts";
import { measureDrift, type ColumnDrift } from "./measure-drift.ts";
import { profileOf, type Columns } from "./profile.fixture.ts";
import { profileNumbers } from "./profile-values.ts";
import type { Profile } from "./profile.ts";

type Draw = (uniform: () => number, moved: number) => number | string | null;

/** What tables are made of. `moved` shifts a number by so many standard deviations, a category by so much of its rank. */
const kinds: readonly Draw[] = [
  (uniform, moved) => normalQuantile(uniform()) + moved,
  (uniform, moved) => (uniform() < 0.1 ? null : Math.exp(normalQuantile(uniform()) + moved)),
  (uniform, moved) => Math.max(0, Math.round(3 + 1.7 * (normalQuantile(uniform()) + moved))),
  (uniform, moved) => (uniform() < 0.7 - moved / 3 ? 0 : 20 * uniform()),
  (uniform, moved) => category(uniform(), 4, moved),
  (uniform, moved) => category(uniform(), 12, moved),
  (uniform, moved) => category(uniform(), 300, moved),
  (uniform, moved) => Number(uniform() < 0.03 * (1 + 4 * moved)),
  () => 1,
  (uniform, moved) => (uniform() < 0.5 + moved / 3 ? null : normalQuantile(uniform())),
];

/** Categories of which the first is the most frequent, as in most tables (Zipf with exponent 1). */
function category(u: number, count: number, moved: number): string {
  const rank = Math.floor(Math.exp(u * Math.log(count + 1))) - 1;
  return `c${Math.min(count - 1, Math.floor(rank + moved * 2))}`;
}

/** A row of such a table, in which nothing has moved. */
export function cleanRow(uniform: () => number, columns: number): (number | string | null)[] {
  return Array.from({ length: columns }, (_, i) => kinds[i % kinds.length]!(uniform, 0));
}

export interface Night {
  readonly seed: number;
  /** Of the champion's data, and of the new data. */
  readonly rows: readonly [before: number, now: number];
  readonly columns?: number;
  /** So many of the columns move, by so much. */
  readonly moving?: number;
  readonly moved?: number;
  /** Whether the champion's profile tells importance, which then falls as 1, 1/2, 1/3 …, and predictions; default yes. */
  readonly traits?: boolean;
}

/** Profiles of the champion's data and of the new data of a night on which nothing drifts, or `moving` columns do. */
export function profilesOfNight(night: Night): [before: Profile, now: Profile] {
  const { seed, rows, columns = 30, moving = 0, moved = 0, traits = true } = night;
  const next = randomBits(seed, 7);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  const table = (count: number, shift: number): Columns =>
    Object.fromEntries(
      Array.from({ length: columns }, (_, i) => {
        const draw = kinds[i % kinds.length]!;
        return [`x${i}`, Array.from({ length: count }, () => draw(uniform, i < moving ? shift : 0))];
      }),
    );
  const [before, now] = [profileOf(table(rows[0], 0)), profileOf(table(rows[1], moved))];
  if (!traits) return [before, now];
  const normals = (count: number) => Array.from({ length: count }, () => normalQuantile(uniform()));
  const outcomes = (profile: Profile, predicted: number): Profile => ({
    ...profile,
    columns: [
      ...profile.columns.map((column, i) => ({ ...column, importance: 1 / (i + 1) })),
      ...profileOf({ y: normals(profile.rows) }).columns,
    ],
    prediction: profileNumbers(
      "y",
      normals(predicted).map((z) => 1 / (1 + Math.exp(-z))),
    ),
  });
  // The holdout, of which the champion's predictions are kept, is part of its rows.
  const kept = Math.max(200, Math.round(rows[0] / 4));
  return [outcomes(before, kept), outcomes(now, rows[1])];
}

export function driftOfNight(night: Night): ColumnDrift[] {
  const roles = night.traits === false ? undefined : { unread: [], target: ["y"], prediction: "y" };
  return measureDrift(...profilesOfNight(night), roles);
}
