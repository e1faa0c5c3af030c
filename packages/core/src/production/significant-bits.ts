import { halves, HIGH, word } from "../portable-math.ts";

/*
 * A number rounded to a few significant bits has a bin: an integer that grows with the number. Histograms over such bins need no
 * range or unit that somebody must know beforehand, tell small numbers apart as well as large ones, and are the same on every machine.
 */

/** 7 significant bits: whole numbers up to 128 are exact, others are off by at most 1/128 of themselves. */
const VALUE_BITS = 6;
/** 6 significant bits of the probability of the less probable class: off by at most 1/64 of that. */
const SCORE_BITS = 5;
/** Smaller ones count as 0. */
const SMALLEST_EXPONENT = -40;

/** Rounds half up. @param size not negative. */
function sizeBin(size: number, bits: number): number {
  word[0] = size;
  const rounded = (halves[HIGH]! + (1 << (19 - bits))) >> (20 - bits);
  return Math.max(0, rounded - ((1023 + SMALLEST_EXPONENT - 1) << bits));
}

function binSize(bin: number, bits: number): number {
  if (bin === 0) return 0;
  halves[1 - HIGH] = 0;
  halves[HIGH] = (bin + ((1023 + SMALLEST_EXPONENT - 1) << bits)) << (20 - bits);
  return word[0]!;
}

/** Of a finite number; negative for a negative one. Example: 0 has bin 0, and so has what is closer to it than 2^-41. */
export function valueBin(value: number): number {
  return value < 0 ? 0 - sizeBin(-value, VALUE_BITS) : sizeBin(value, VALUE_BITS);
}

/** The number that stands for the bin: `valueBin(binValue(bin))` is `bin`. */
export function binValue(bin: number): number {
  return bin < 0 ? -binSize(-bin, VALUE_BITS) : binSize(bin, VALUE_BITS);
}

const HALF_BIN = sizeBin(0.5, SCORE_BITS);

/** Of a probability in [0, 1]: as fine close to 1 as close to 0. */
export function scoreBin(score: number): number {
  return score <= 0.5 ? sizeBin(score, SCORE_BITS) : 2 * HALF_BIN - sizeBin(1 - score, SCORE_BITS);
}

/** The probability that stands for the bin: `scoreBin(binScore(bin))` is `bin`. */
export function binScore(bin: number): number {
  return bin <= HALF_BIN ? binSize(bin, SCORE_BITS) : 1 - binSize(2 * HALF_BIN - bin, SCORE_BITS);
}
