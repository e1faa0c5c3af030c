import { bucketQuantiles } from "./buckets.ts";
import { deviation } from "./column-effects.ts";
import type { ColumnProfile } from "./profile.ts";
import { leastValues, type Signature } from "./signature.ts";

/** Median and spread grew or shrank by the same factor of at least five, or as between two temperature scales. */
export function unitChange(before: ColumnProfile, now: ColumnProfile): Signature {
  if (now.type !== "number" && now.type !== "integer") return null;
  return scaleChange(before, now) ?? temperatureChange(before, now);
}

/** Zeros have no unit and are left out. */
function scaleChange(before: ColumnProfile, now: ColumnProfile): Signature {
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

function spread({ buckets = [], min, max }: ColumnProfile): { median: number; iqr: number } | null {
  if (min === undefined || max === undefined) return null;
  const nonZero = buckets.filter(([key]) => key !== 0);
  if (nonZero.reduce((sum, [, count]) => sum + count, 0) < leastValues) return null;
  const [low, median, high] = bucketQuantiles(nonZero, { min, max }, [0.25, 0.5, 0.75]);
  const iqr = high! - low!;
  return iqr > 0 ? { median: median!, iqr } : null;
}

/** From Celsius: value × factor + offset. */
const temperatures = [
  { factor: 1, offset: 273.15, words: "degrees Celsius and kelvin" },
  { factor: 1.8, offset: 32, words: "degrees Celsius and Fahrenheit" },
];

/** Mean and deviation are what one of the conversions makes of them, and the mean moved by more than a deviation. */
function temperatureChange(before: ColumnProfile, now: ColumnProfile): Signature {
  const [was, is] = [moments(before), moments(now)];
  if (was === null || is === null || Math.abs(is.mean - was.mean) <= Math.max(was.deviation, is.deviation)) return null;
  const found = temperatures.find((scale) => converts(scale, was, is) || converts(scale, is, was));
  return found === undefined
    ? null
    : {
        code: "unit-change",
        words: `looks like another unit: mean and spread changed as in a conversion between ${found.words}`,
      };
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

function converts({ factor, offset }: { factor: number; offset: number }, from: Moments, to: Moments): boolean {
  const sameSpread = Math.abs(to.deviation / (factor * from.deviation) - 1) <= 0.1;
  return sameSpread && Math.abs(to.mean - (factor * from.mean + offset)) <= to.deviation / 2;
}

function moments(column: ColumnProfile): Moments | null {
  const values = column.rows - column.nulls;
  const spreadOf = deviation(column);
  if (values < leastValues || spreadOf === null || !(spreadOf > 0)) return null;
  return { mean: column.sum! / values, deviation: spreadOf };
}

function short(x: number): string {
  return String(Number(x.toPrecision(2)));
}
