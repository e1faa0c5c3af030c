import { boundedScore, boundedWorth } from "./bounded";
import { BIN_BYTES, limit, Limit, Word, word } from "./control";

/** Least sum of hessians in a child: keeps leaf values finite where predictions are certain. */
const MIN_HESSIAN: f64 = 1e-3;
/** A gain below this share of the children's scores is rounding, not signal. */
const MIN_RELATIVE_GAIN: f64 = 1e-9;

// What a search leaves, from the first byte on: 64-bit floats, then one bit for each code that goes left.
const GAIN: u32 = 0;
const GRADIENT: u32 = 8;
const HESSIAN: u32 = 16;
const ROWS: u32 = 24;
const LAST_LEFT: u32 = 32;
const MISSING_LEFT: u32 = 40;
const CODES: u32 = 48;

/** Gain where no split has been found yet: less than any score. */
const NONE: f64 = -Infinity;

/** Score of two children, less what all cuts of a leaf have in common: G_l² / (H_l + λ) + G_r² / (H_r + λ). */
function scoreOf(gradient: f64, hessian: f64, otherGradient: f64, otherHessian: f64, l2: f64): f64 {
  const gradients = f64x2.replace_lane(f64x2.splat(gradient), 1, otherGradient);
  const hessians = f64x2.replace_lane(f64x2.splat(hessian), 1, otherHessian);
  const scores = f64x2.div(f64x2.mul(gradients, gradients), f64x2.add(hessians, f64x2.splat(l2)));
  return f64x2.extract_lane(scores, 0) + f64x2.extract_lane(scores, 1);
}

/**
 * The split of one column that lowers the loss most, to second order (Chen & Guestrin 2016, equation 7, without the
 * factor 1/2). Of equal splits the first wins.
 *
 * @param sums [bins]: the column's part of the leaf's histogram.
 * @param direction of a numeric column: 1 where the score must not fall as it rises, -1 where it must not rise; 0: either.
 * @param totals gradient, hessian and rows of the leaf, equal to the sums over the bins but for rounding; bounds of its value.
 * @param groups [257 × 40 bytes]: its content is lost.
 * @param out its gain is above 0 only where a split keeps the limits and gains.
 */
export function findSplit(
  sums: u32,
  bins: u32,
  categorical: bool,
  direction: i32,
  totals: u32,
  groups: u32,
  out: u32,
): void {
  store<f64>(out, NONE, GAIN);
  if (categorical) findCategoricalSplit(sums, bins, totals, groups, out);
  else findNumericSplit(sums, bins, direction, totals, out);
  const found = load<f64>(out, GAIN);
  if (found == NONE) return;
  const gain = found - worthOf(totals);
  store<f64>(out, gain > MIN_RELATIVE_GAIN * abs(found) ? gain : NONE, GAIN);
}

/** Score of the leaf as it is. */
function worthOf(totals: u32): f64 {
  if (word(Word.IsBounded) != 0) return boundedWorth(totals);
  const gradient = load<f64>(totals);
  return (gradient * gradient) / (load<f64>(totals, 8) + limit(Limit.L2));
}

/** The best cut of a numeric column, with missing values (bin 0) on the better side. */
function findNumericSplit(sums: u32, bins: u32, direction: i32, totals: u32, out: u32): void {
  scanNumeric(sums, bins, direction, totals, false, out);
  if (load<f64>(sums, 16) != 0) {
    scanNumeric(sums, bins, direction, totals, true, out);
  } else if (load<f64>(out, GAIN) != NONE) {
    // Nobody knows where missing values belong; the larger side is the safer guess.
    const left = load<f64>(out, ROWS);
    store<f64>(out, left > load<f64>(totals, 16) - left ? 1 : 0, MISSING_LEFT);
  }
}

/** One pass over the bins with missing values on the given side (Chen & Guestrin 2016, algorithm 3); keeps only what is better than `out`. */
function scanNumeric(sums: u32, bins: u32, direction: i32, totals: u32, missingLeft: bool, out: u32): void {
  const leafRows = limit(Limit.LeafRows);
  const l2 = limit(Limit.L2);
  const isBounded = word(Word.IsBounded) != 0;
  const allGradient = load<f64>(totals);
  const allHessian = load<f64>(totals, 8);
  const allRows = load<f64>(totals, 16);
  let gradient: f64 = missingLeft ? load<f64>(sums) : 0;
  let hessian: f64 = missingLeft ? load<f64>(sums, 8) : 0;
  let rows: f64 = missingLeft ? load<f64>(sums, 16) : 0;
  let best = load<f64>(out, GAIN);
  for (let bin: u32 = 1; bin < bins; bin++) {
    sums += BIN_BYTES;
    const count = load<f64>(sums, 16);
    if (count == 0) continue;
    gradient += load<f64>(sums);
    hessian += load<f64>(sums, 8);
    rows += count;
    if (rows < leafRows || hessian < MIN_HESSIAN) continue;
    const otherHessian = allHessian - hessian;
    if (allRows - rows < leafRows || otherHessian < MIN_HESSIAN) break;
    const score = isBounded
      ? boundedScore(gradient, hessian, allGradient - gradient, otherHessian, direction, totals)
      : scoreOf(gradient, hessian, allGradient - gradient, otherHessian, l2);
    if (score > best) {
      best = score;
      keep(out, score, gradient, hessian, rows);
      store<f64>(out, bin, LAST_LEFT);
      store<f64>(out, missingLeft ? 1 : 0, MISSING_LEFT);
    }
  }
}

function keep(out: u32, score: f64, gradient: f64, hessian: f64, rows: f64): void {
  store<f64>(out, score, GAIN);
  store<f64>(out, gradient, GRADIENT);
  store<f64>(out, hessian, HESSIAN);
  store<f64>(out, rows, ROWS);
}

// A group of categories that move together, one code with enough rows or all those with too few: 64-bit floats.
const GROUP_BYTES: u32 = 40;
const ORDER: u32 = 24;
const CODE: u32 = 32;
/** The code of those with too few rows. */
const POOLED: f64 = -1;

/**
 * With the categories in order of their mean gradient, the best division of them is a cut in that order (Fisher
 * 1958), so it is found like a numeric one. Code 0 is missing.
 */
function findCategoricalSplit(sums: u32, bins: u32, totals: u32, groups: u32, out: u32): void {
  const count = groupCategories(sums, bins, groups);
  const leafRows = limit(Limit.LeafRows);
  const l2 = limit(Limit.L2);
  const isBounded = word(Word.IsBounded) != 0;
  const allGradient = load<f64>(totals);
  const allHessian = load<f64>(totals, 8);
  const allRows = load<f64>(totals, 16);
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  let rows: f64 = 0;
  let best = NONE;
  let cut: u32 = 0;
  for (let i: u32 = 0; i + 1 < count; i++) {
    const group = groups + i * GROUP_BYTES;
    gradient += load<f64>(group);
    hessian += load<f64>(group, 8);
    rows += load<f64>(group, 16);
    if (rows < leafRows || hessian < MIN_HESSIAN) continue;
    const otherHessian = allHessian - hessian;
    if (allRows - rows < leafRows || otherHessian < MIN_HESSIAN) break;
    const score = isBounded
      ? boundedScore(gradient, hessian, allGradient - gradient, otherHessian, 0, totals)
      : scoreOf(gradient, hessian, allGradient - gradient, otherHessian, l2);
    if (score > best) {
      best = score;
      cut = i + 1;
      keep(out, score, gradient, hessian, rows);
    }
  }
  if (best != NONE) chooseSide(groups, count, cut, totals, out);
}

/** Pooled and unseen categories go right; without a pool, right is the side with more rows. */
function chooseSide(groups: u32, count: u32, cut: u32, totals: u32, out: u32): void {
  const rows = load<f64>(out, ROWS);
  let mirrored = rows > load<f64>(totals, 16) - rows;
  for (let i: u32 = 0; i < count; i++) if (load<f64>(groups + i * GROUP_BYTES, CODE) == POOLED) mirrored = i < cut;
  memory.fill(out + CODES, 0, 32);
  const to = mirrored ? count : cut;
  for (let i: u32 = mirrored ? cut : 0; i < to; i++) {
    const code = <u32>load<f64>(groups + i * GROUP_BYTES, CODE);
    const byte = out + CODES + (code >> 3);
    store<u8>(byte, <u8>(<u32>load<u8>(byte) | (1 << (code & 7))));
  }
  if (!mirrored) return;
  store<f64>(out, load<f64>(totals) - load<f64>(out, GRADIENT), GRADIENT);
  store<f64>(out, load<f64>(totals, 8) - load<f64>(out, HESSIAN), HESSIAN);
  store<f64>(out, load<f64>(totals, 16) - rows, ROWS);
}

/**
 * Groups, ascending by the value that a leaf of each alone would take; of equal ones the lower code first.
 *
 * @returns how many.
 */
function groupCategories(sums: u32, bins: u32, groups: u32): u32 {
  const enough = limit(Limit.CategoryRows);
  let count: u32 = 0;
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  let rows: f64 = 0;
  for (let code: u32 = 0; code < bins; code++, sums += BIN_BYTES) {
    const ofCode = load<f64>(sums, 16);
    if (ofCode >= enough) {
      insert(groups, count++, load<f64>(sums), load<f64>(sums, 8), ofCode, code);
    } else if (ofCode > 0) {
      gradient += load<f64>(sums);
      hessian += load<f64>(sums, 8);
      rows += ofCode;
    }
  }
  if (rows > 0) insert(groups, count++, gradient, hessian, rows, POOLED);
  return count;
}

/** Put a group in its place among `count` sorted ones, after its equals. */
function insert(groups: u32, count: u32, gradient: f64, hessian: f64, rows: f64, code: f64): void {
  const order = gradient / max<f64>(hessian + limit(Limit.L2), MIN_HESSIAN);
  let low: u32 = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<f64>(groups + middle * GROUP_BYTES, ORDER) <= order) low = middle + 1;
    else high = middle;
  }
  const place = groups + low * GROUP_BYTES;
  memory.copy(place + GROUP_BYTES, place, (count - low) * GROUP_BYTES);
  store<f64>(place, gradient);
  store<f64>(place, hessian, 8);
  store<f64>(place, rows, 16);
  store<f64>(place, order, ORDER);
  store<f64>(place, code, CODE);
}
