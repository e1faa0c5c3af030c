import { quoted } from "../errors/name-words.ts";
import { bucketOf, bucketQuantiles, bucketValue } from "./buckets.ts";
import { farOutside } from "./far-outside.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import { percent } from "./percent.ts";
import type { ColumnProfile } from "./profile.ts";
import { leastP, leastValues, normalised, sameShare, sentinelWords, type Signature } from "./signature.ts";
import { unitChange } from "./unit-change.ts";
import { unseenTexts } from "./unseen-texts.ts";

/**
 * Mechanical signatures of accidents in one column of a new file, against the same column of what the champion saw.
 *
 * Thresholds: docs/reference/findings.md.
 *
 * @param context.earlier the same column of all that was before this file, the new files among it.
 * @param context.isTarget whether the target is this column, or made from it.
 */
export function compareColumn(
  file: string,
  before: ColumnProfile,
  now: ColumnProfile,
  { earlier = before, isTarget = false }: { readonly earlier?: ColumnProfile; readonly isTarget?: boolean } = {},
): Finding[] {
  const missing = allNull(before, now) ?? nullJump(before, now);
  const values = now.type === "file" ? sizeChange(before, now) : valueChange();
  return [missing, values, stringMismatch(before, now)]
    .filter((signature) => signature !== null)
    .map(({ code, words, ...counted }) =>
      finding(code, { file, column: now.name, ...counted }, `Column ${quoted(now.name)} of ${quoted(file)} ${words}.`),
    );

  function valueChange(): Signature {
    return (
      (isTarget ? oneLabel(before, now) : null) ??
      constantCollapse(before, now) ??
      constantChanged(before, now) ??
      unitChange(before, now) ??
      sentinelSpike(before, now, isTarget) ??
      farOutside(before, now) ??
      unseenTexts(earlier, now)
    );
  }
}

/** Of files only the sizes are known, in bytes. */
function sizeChange(before: ColumnProfile, now: ColumnProfile): Signature {
  if (before.type !== "file") return null;
  const [was, is] = [before, now].map((column) => ({ ...column, type: "integer" as const }));
  const found = unitChange(was!, is!) ?? farOutside(was!, is!);
  if (found === null) return null;
  const words =
    found.code === "unit-change"
      ? found.words.replace("looks like another unit: its", "has files of other sizes: their")
      : `names files of other sizes, in bytes: it ${found.words}`;
  return { ...found, words };
}

function allNull(before: ColumnProfile, now: ColumnProfile): Signature {
  if (now.rows === 0 || now.nulls < now.rows) return null;
  const chance = Math.exp(now.rows * Math.log(before.nulls / before.rows));
  if (!(chance < leastP)) return null;
  return {
    code: "all-null",
    words: `has no values; before, ${percent(1 - before.nulls / before.rows)} of the rows had one`,
    count: now.rows,
  };
}

function nullJump(before: ColumnProfile, now: ColumnProfile): Signature {
  if (now.rows < leastValues || before.rows < leastValues) return null;
  const rate = now.nulls / now.rows;
  const usual = before.nulls / before.rows;
  if (rate <= Math.max(2 * usual, usual + 0.05) || sameShare(before.nulls, before.rows, now.nulls, now.rows))
    return null;
  const words = `has ${percent(rate)} missing values; before, it was ${percent(usual)}`;
  return { code: "null-jump", words, count: now.nulls };
}

/** All values are equal, where they varied too much for that to be chance; a new largest or smallest value is a new period. */
function constantCollapse(before: ColumnProfile, now: ColumnProfile): Signature {
  const values = now.rows - now.nulls;
  const share = largestShare(before);
  if (values < 200 || share === null || before.type === "date" || before.type === "datetime") return null;
  if (!isConstant(now) || values * Math.log(share) > Math.log(1e-6)) return null;
  const outside = now.min !== undefined && (now.min > before.max! || now.min < before.min!);
  if (outside) return null;
  return {
    code: "constant-collapse",
    words: `has the same value ${oneValue(now)} in all ${values} rows; before, the values varied`,
    count: values,
    examples: [oneValue(now)],
  };
}

/** All answers alike where they differed: often because the true ones have not arrived. Sooner told than other columns. */
function oneLabel(before: ColumnProfile, now: ColumnProfile): Signature {
  const values = now.rows - now.nulls;
  if (values < leastValues || before.rows === before.nulls || !isConstant(now) || isConstant(before)) return null;
  if (values * Math.log(shareOf(now, before)) > Math.log(leastP)) return null;
  const words = `has the same label ${oneValue(now)} in all ${values} rows; before, the labels differed`;
  return { code: "one-label", words, count: values, examples: [oneValue(now)] };
}

/** Share of a constant column's value among the values of another one. */
function shareOf(constant: ColumnProfile, { buckets, top, rows, nulls }: ColumnProfile): number {
  const text = constant.top?.[0]?.[0];
  const count = top?.find(([value]) => value === text)?.[1] ?? 0;
  const key = constant.min === undefined ? null : bucketOf(constant.min);
  const inBucket = buckets?.find(([bucket]) => bucket === key)?.[1] ?? 0;
  return (text === undefined ? inBucket : count) / (rows - nulls);
}

/** One value then, another now. A larger number is a new period, such as a year. */
function constantChanged(before: ColumnProfile, now: ColumnProfile): Signature {
  if (before.type === "date" || before.type === "datetime" || !isConstant(before) || !isConstant(now)) return null;
  if (Math.min(before.rows - before.nulls, now.rows - now.nulls) < leastValues) return null;
  if (
    oneValue(before) === oneValue(now) ||
    (before.type !== "boolean" && now.min !== undefined && now.min > before.min!)
  )
    return null;
  return { code: "constant-changed", words: `is always ${oneValue(now)}; before, it was always ${oneValue(before)}` };
}

function isConstant({ top, distinct, min, max }: ColumnProfile): boolean {
  return top === undefined ? min !== undefined && min === max : distinct === 1;
}

function oneValue({ top, min }: ColumnProfile): string {
  return top === undefined ? String(min) : quoted(top[0]![0]);
}

/** Share of the most frequent value (of its bucket, for numbers) among the values; `null`: not known. */
function largestShare({ buckets, top, rows, nulls }: ColumnProfile): number | null {
  const counts = (buckets ?? top)?.map(([, count]) => count);
  if (counts === undefined || counts.length === 0) return null;
  return Math.max(...counts) / (rows - nulls);
}

/** Numbers that often stand for "not known". */
const sentinelNumbers = [0, -1, 99, 999, 9999, 99_999, -9, -99, -999, -9999];

/** A value that was rare, and is the smallest, the largest or a usual stand-in for "none", takes a tenth of the rows. */
function sentinelSpike(before: ColumnProfile, now: ColumnProfile, isTarget: boolean): Signature {
  const values = now.rows - now.nulls;
  if (values < leastValues || now.type === "boolean" || now.type === "date" || now.type === "datetime") return null;
  for (const { label, count, usual } of sentinelCounts(before, now)) {
    const [share, usualShare] = [count / now.rows, usual / before.rows];
    if (share - usualShare < 0.1 || usualShare > 0.02 || sameShare(usual, before.rows, count, now.rows)) continue;
    const words =
      isTarget && usual === 0
        ? `has the label ${label} in ${percent(share)} of the rows, which no row had before: a new class, or a value that stands for "none"`
        : `is ${label} in ${percent(share)} of the rows; before, in ${percent(usualShare)}`;
    return { code: "sentinel-spike", words, count, examples: [label] };
  }
  return null;
}

function sentinelCounts(before: ColumnProfile, now: ColumnProfile): { label: string; count: number; usual: number }[] {
  if (now.top !== undefined && before.top !== undefined) {
    const usual = new Map(before.top);
    return now.top
      .filter(([text]) => sentinelWords.test(text.trim()))
      .map(([text, count]) => ({ label: quoted(text), count, usual: usual.get(text) ?? 0 }));
  }
  if (now.buckets === undefined || before.buckets === undefined || now.min === undefined) return [];
  const counts = new Map(now.buckets);
  const known = before.buckets;
  const ends = [now.min, now.max!].filter((value) => isOutlier(value, before, now.buckets!));
  return [...ends, ...sentinelNumbers]
    .map((value) => ({ value, key: bucketOf(value), count: counts.get(bucketOf(value)) ?? 0 }))
    .filter(({ key, count }) => count > 0 && standsAlone(counts, key, count))
    .map(({ value, key, count }) => ({
      label: String(value),
      count,
      usual: known.find(([each]) => each === key)?.[1] ?? 0,
    }));
}

/** Farther from all other values than half of the champion's values are apart: a level that moved does not stand for a missing value. */
function isOutlier(value: number, before: ColumnProfile, buckets: NonNullable<ColumnProfile["buckets"]>): boolean {
  const range = { min: before.min ?? 0, max: before.max ?? 0 };
  const [low = 0, high = 0] = bucketQuantiles(before.buckets ?? [], range, [0.25, 0.75]);
  const gaps = buckets.filter(([key]) => key !== bucketOf(value)).map(([key]) => Math.abs(bucketValue(key) - value));
  return gaps.length > 0 && Math.min(...gaps) > high - low;
}

/** A bucket is 2 % wide: one value, and not the edge of a distribution, fills it when those around it are nearly empty. */
function standsAlone(counts: ReadonlyMap<number, number>, key: number, count: number): boolean {
  return [-2, -1, 1, 2].every((step) => (counts.get(key + step) ?? 0) <= count / 10);
}

/** At least one row in a hundred has a category that differs from a known one in case or white space only. */
function stringMismatch(before: ColumnProfile, now: ColumnProfile): Signature {
  const values = now.rows - now.nulls;
  if (now.top === undefined || before.top === undefined || values < leastValues) return null;
  const known = new Set(before.top.map(([text]) => text));
  const plain = new Map(before.top.map(([text]) => [normalised(text), text]));
  const variants = now.top.filter(([text]) => !known.has(text) && plain.has(normalised(text)));
  const count = variants.reduce((sum, [, rows]) => sum + rows, 0);
  if (count === 0 || count < values / 100) return null;
  const [text] = variants[0]!;
  const words = `contains ${quoted(text)}, which was written ${quoted(plain.get(normalised(text))!)} before (${count} rows differ like this)`;
  return { code: "string-mismatch", words, count, examples: variants.map(([variant]) => quoted(variant)) };
}
