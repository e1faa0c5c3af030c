import { chiSquaredHomogeneity } from "../statistics/two-sample/chi-squared-homogeneity.ts";
import { quoted } from "../spec/plain-text.ts";
import { bucketOf, bucketQuantiles } from "./buckets.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import { percent } from "./percent.ts";
import type { ColumnProfile } from "./profile.ts";

/** Fewest values for a statement about a file's distribution. */
const leastValues = 30;
/** A share that is as different as this by chance once in a thousand columns is not news. */
const leastP = 0.001;

/**
 * Mechanical signatures of accidents in one column of a new file, against the same column of what the champion saw.
 *
 * Thresholds: docs/reference/findings.md.
 */
export function compareColumn(file: string, before: ColumnProfile, now: ColumnProfile): Finding[] {
  const missing = allNull(before, now) ?? nullJump(before, now);
  const values = constantCollapse(before, now) ?? unitChange(before, now) ?? sentinelSpike(before, now);
  return [missing, values, stringMismatch(before, now)]
    .filter((signature) => signature !== null)
    .map(({ code, words }) =>
      finding(code, { file, column: now.name }, `Column ${quoted(now.name)} of ${quoted(file)} ${words}.`),
    );
}

type Code = "all-null" | "null-jump" | "constant-collapse" | "unit-change" | "sentinel-spike" | "string-mismatch";
type Signature = { readonly code: Code; /** After "Column x of file y". */ readonly words: string } | null;

function allNull(before: ColumnProfile, now: ColumnProfile): Signature {
  if (now.rows === 0 || now.nulls < now.rows) return null;
  const chance = Math.exp(now.rows * Math.log(before.nulls / before.rows));
  if (!(chance < leastP)) return null;
  return {
    code: "all-null",
    words: `has no values at all; before, ${percent(1 - before.nulls / before.rows)} had one`,
  };
}

function nullJump(before: ColumnProfile, now: ColumnProfile): Signature {
  if (now.rows < leastValues || before.rows < leastValues) return null;
  const rate = now.nulls / now.rows;
  const usual = before.nulls / before.rows;
  if (rate <= Math.max(2 * usual, usual + 0.05) || sameShare(before.nulls, before.rows, now.nulls, now.rows))
    return null;
  return { code: "null-jump", words: `has ${percent(rate)} missing values; before, it had ${percent(usual)}` };
}

/** All values alike where they varied so much that this is no chance; a new largest or smallest value is a new period. */
function constantCollapse(before: ColumnProfile, now: ColumnProfile): Signature {
  const values = now.rows - now.nulls;
  const share = largestShare(before);
  if (values < 200 || share === null || before.type === "date" || before.type === "datetime") return null;
  const constant = now.top === undefined ? now.min !== undefined && now.min === now.max : now.distinct === 1;
  if (!constant || values * Math.log(share) > Math.log(1e-6)) return null;
  const outside = now.min !== undefined && (now.min > before.max! || now.min < before.min!);
  if (outside) return null;
  const value = now.top === undefined ? String(now.min) : quoted(now.top[0]![0]);
  return { code: "constant-collapse", words: `has the one value ${value} in all ${values} rows; before, it varied` };
}

/** Share of the most frequent value (of its bucket, for numbers) among the values; `null`: not known. */
function largestShare({ buckets, top, rows, nulls }: ColumnProfile): number | null {
  const counts = (buckets ?? top)?.map(([, count]) => count);
  if (counts === undefined || counts.length === 0) return null;
  return Math.max(...counts) / (rows - nulls);
}

/** Median and spread grew or shrank by the same factor of at least five. Zeros have no unit and are left out. */
function unitChange(before: ColumnProfile, now: ColumnProfile): Signature {
  const [was, is] = [spread(before), spread(now)];
  if (was === null || is === null) return null;
  const ratio = is.median / was.median;
  const spreadRatio = is.iqr / was.iqr;
  const agree = Math.abs(spreadRatio / ratio - 1) <= 0.1;
  const far = (ratio >= 5 && spreadRatio >= 5) || (ratio > 0 && ratio <= 0.2 && spreadRatio <= 0.2);
  if (!agree || !far) return null;
  const factor = ratio >= 1 ? `${short(ratio)} times` : `1/${short(1 / ratio)} of`;
  return { code: "unit-change", words: `looks like another unit: its median and spread are ${factor} what they were` };
}

function short(x: number): string {
  return String(Number(x.toPrecision(2)));
}

function spread({ type, buckets = [], min, max }: ColumnProfile): { median: number; iqr: number } | null {
  if ((type !== "number" && type !== "integer") || min === undefined || max === undefined) return null;
  const nonZero = buckets.filter(([key]) => key !== 0);
  if (nonZero.reduce((sum, [, count]) => sum + count, 0) < leastValues) return null;
  const [low, median, high] = bucketQuantiles(nonZero, { min, max }, [0.25, 0.5, 0.75]);
  const iqr = high! - low!;
  return iqr > 0 ? { median: median!, iqr } : null;
}

/** Numbers that often stand for "not known". */
const sentinelNumbers = [0, -1, 99, 999, 9999, 99_999, -9, -99, -999, -9999];
const sentinelWords = /^(?:n\/?a|nan|nil|none|null|missing|unknown|undefined|\?|-+|\.)$/i;

/** A value that was rare, and is the smallest, the largest or a usual stand-in for "none", takes a tenth of the rows. */
function sentinelSpike(before: ColumnProfile, now: ColumnProfile): Signature {
  const values = now.rows - now.nulls;
  if (values < leastValues || now.type === "boolean" || now.type === "date" || now.type === "datetime") return null;
  for (const { label, count, usual } of sentinelCounts(before, now)) {
    const [share, usualShare] = [count / now.rows, usual / before.rows];
    if (share - usualShare < 0.1 || usualShare > 0.02 || sameShare(usual, before.rows, count, now.rows)) continue;
    const words = `is ${label} in ${percent(share)} of the rows; before, in ${percent(usualShare)}`;
    return { code: "sentinel-spike", words };
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
  const usual = new Map(before.buckets);
  return [now.min, now.max!, ...sentinelNumbers]
    .map((value) => ({ value, key: bucketOf(value), count: counts.get(bucketOf(value)) ?? 0 }))
    .filter(({ key, count }) => standsAlone(counts, key, count))
    .map(({ value, key, count }) => ({ label: String(value), count, usual: usual.get(key) ?? 0 }));
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
  const words = `writes ${quoted(text)} where it was ${quoted(plain.get(normalised(text))!)} (${count} rows differ so)`;
  return { code: "string-mismatch", words };
}

function normalised(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
}

/** Whether chance explains the difference of two shares. */
function sameShare(a: number, of: number, b: number, ofB: number): boolean {
  const test = chiSquaredHomogeneity([
    [a, of - a],
    [b, ofB - b],
  ]);
  return (test?.p ?? 1) >= leastP;
}
