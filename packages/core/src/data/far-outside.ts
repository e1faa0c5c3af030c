import { bucketValue } from "./buckets.ts";
import type { ColumnProfile } from "./profile.ts";
import type { Signature } from "./signature.ts";
import { usualValue } from "./usual-value.ts";

/**
 * Ranges of all earlier values by which a value has to lie beyond them. Twice as many for twice as many new rows as old ones: a column
 * that grows steadily gets one range further in as many rows.
 */
const farRanges = 5;
/** As many values lie beyond all earlier ones by chance in one of a million columns. */
const chance = 1e-6;
/** Far values in fewer rows are an event, as a hot day is to prices: they come together, so that chance cannot count them one by one. */
const leastShare = 0.05;

/**
 * Values that lie far beyond everything seen: by five times the range of all earlier values, and more of them than chance puts beyond that range,
 * in a twentieth of the rows or more.
 *
 * How many of n new values are larger than all N earlier ones does not depend on their distribution as long as old and new ones
 * change places freely: k or more are with a probability of at most (n / (N + n))^k. So a heavy tail raises no alarm: one value in a million
 * columns does, and far ones are fewer. Where most values are one value, such as zero, n and N count the others, whose range it is: one
 * other value in a year says nothing of how far the next ones go.
 *
 * @returns `null` where nothing varied: zero has no scale, and another constant only its own size.
 */
export function farOutside(before: ColumnProfile, now: ColumnProfile): Signature {
  if ((now.type !== "number" && now.type !== "integer") || before.min === undefined || now.min === undefined)
    return null;
  const low = before.min;
  const high = before.max!;
  const { old, fresh, scale } = comparable(before, now);
  if (scale === 0 || fresh === 0) return null;
  const least = Math.max(Math.ceil(Math.log(chance) / Math.log(fresh / (old + fresh))), leastShare * fresh);
  const far = farRanges * Math.max(1, fresh / old) * scale;
  const above = countWhere(now, (value) => value > high + far);
  const below = countWhere(now, (value) => value < low - far);
  if (Math.max(above, below) < least) return null;
  const count = above >= least ? above : below;
  const end = above >= least ? `up to ${short(now.max!)}` : `down to ${short(now.min)}`;
  return {
    code: "far-outside",
    words: `has ${count} of ${now.rows - now.nulls} values far beyond all that came before (${end}; before, ${short(low)} to ${short(high)})`,
    count,
  };
}

/** Numbers of old and new values that can change places, and how far they may go. */
function comparable(before: ColumnProfile, now: ColumnProfile): { old: number; fresh: number; scale: number } {
  const usual = usualValue(before);
  const fresh = now.rows - now.nulls;
  const [low, high] = [before.min!, before.max!];
  if (usual === null) return { old: before.rows - before.nulls, fresh, scale: high - low };
  if (usual.others === 0)
    return { old: before.rows - before.nulls, fresh, scale: Math.max(Math.abs(low), Math.abs(high)) };
  const again = now.buckets?.find(([key]) => key === usual.key)?.[1] ?? 0;
  return { old: usual.others, fresh: fresh - again, scale: high - low };
}

/** Values in buckets of which the middle is such a number. */
function countWhere({ buckets = [] }: ColumnProfile, holds: (value: number) => boolean): number {
  return buckets.reduce((sum, [key, count]) => sum + (holds(bucketValue(key)) ? count : 0), 0);
}

function short(x: number): string {
  return String(Number(x.toPrecision(4)));
}
