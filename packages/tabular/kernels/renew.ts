import { DIGITS, Limit, limit, NEXT, PAIR_BYTES, Word, word } from "./control";

const DIGIT_BITS: u32 = 11;
const SIGN: u64 = 0x8000_0000_0000_0000;

/**
 * Put into each leaf's value what its drawn rows have left of their target, leaf after leaf as threads become free. Where the second
 * derivative says nothing of how far to go, such as with pinball loss, this does (Friedman 2001, algorithms 3 and 4).
 *
 * Each leaf is done by one thread, in the order of its rows.
 */
export function renewLeaves(thread: u32): void {
  const leaves = word(Word.LeafCount);
  for (let leaf = atomic.add<u32>(NEXT, 1); leaf < leaves; leaf = atomic.add<u32>(NEXT, 1)) {
    const bounds: u32 = word(Word.LeafRows) + (leaf << 3);
    const from = load<u32>(bounds);
    const count = load<u32>(bounds, 4) - from;
    store<f64>(word(Word.LeafValues) + (leaf << 3), leftOf(from, count, thread));
  }
}

/** @param from first of `count` ≥ 1 places of the leaf. */
function leftOf(from: u32, count: u32, thread: u32): f64 {
  const huber = limit(Limit.LossShape);
  const rows: u32 = word(Word.Order) + (from << 2);
  const pairs: u32 = word(Word.Ordered) + from * PAIR_BYTES;
  gatherLeft(rows, count, pairs);
  const middle = selectQuantile(pairs, count, limit(Limit.Quantile), thread);
  if (huber == 0) return middle;
  gatherLeft(rows, count, pairs);
  // Friedman's step from the median: the mean of what is left, kept within the distance where the loss is a line.
  let sum: f64 = 0;
  let total: f64 = 0;
  for (let k: u32 = 0; k < count; k++) {
    const pair = pairs + k * PAIR_BYTES;
    const weight = load<f64>(pair, 8);
    sum += weight * max(-huber, min(huber, valueOf(load<u64>(pair)) - middle));
    total += weight;
  }
  return middle + sum / total;
}

/** Of each row, target − score as a key, and its weight. @param out [count], `PAIR_BYTES` each. */
function gatherLeft(rows: u32, count: u32, out: u32): void {
  const scores: u32 = word(Word.Scores);
  const targets: u32 = word(Word.Targets);
  const weights: u32 = word(Word.IsWeighted) != 0 ? word(Word.Weights) : 0;
  for (let k: u32 = 0; k < count; k++, out += PAIR_BYTES) {
    const at: u32 = load<u32>(rows + (k << 2)) << 3;
    store<u64>(out, keyOf(load<f64>(targets + at) - load<f64>(scores + at)));
    store<f64>(out, weights == 0 ? 1 : load<f64>(weights + at), 8);
  }
}

/** A number's bits, turned so that they ascend as whole numbers: negative numbers ascend where their bits descend. */
function keyOf(value: f64): u64 {
  const bits = reinterpret<u64>(value);
  return bits ^ (<u64>(<i64>bits >> 63) | SIGN);
}

function valueOf(key: u64): f64 {
  return reinterpret<f64>(key ^ (<u64>(~(<i64>key) >> 63) | SIGN));
}

/**
 * The smallest value up to which at least a share `quantile` of the weight lies: what minimises the pinball loss. A selection by digits
 * of the keys from the first on, so that no order of rows makes it slow. O(count).
 *
 * @param pairs [count ≥ 1]: key and weight; their order is lost, and those that are not selected.
 */
function selectQuantile(pairs: u32, count: u32, quantile: f64, thread: u32): f64 {
  const digits: u32 = word(Word.Digits) + thread * (DIGITS << 3);
  let wanted: f64 = -1;
  let left = count;
  let shift: i32 = 64 - DIGIT_BITS;
  let bits: u32 = DIGIT_BITS;
  while (left > 1 && bits > 0) {
    weighDigits(pairs, left, shift, bits, digits);
    if (wanted < 0) wanted = quantile * totalOf(digits);
    let last: u32 = 0;
    let isReached = false;
    for (let digit: u32 = 0; digit < DIGITS && !isReached; digit++) {
      const weight = load<f64>(digits + (digit << 3));
      if (weight == 0) continue;
      last = digit;
      isReached = weight >= wanted;
      if (!isReached) wanted -= weight;
    }
    // Rounding asked for more than there is: that is the largest value.
    if (!isReached) wanted = Infinity;
    left = keepDigit(pairs, left, shift, bits, last);
    bits = min<u32>(DIGIT_BITS, shift);
    shift -= bits;
  }
  return valueOf(load<u64>(pairs));
}

function digitOf(key: u64, shift: i32, bits: u32): u32 {
  return <u32>(key >> shift) & ((1 << bits) - 1);
}

function weighDigits(pairs: u32, count: u32, shift: i32, bits: u32, digits: u32): void {
  memory.fill(digits, 0, DIGITS << 3);
  for (let k: u32 = 0; k < count; k++, pairs += PAIR_BYTES) {
    const place = digits + (digitOf(load<u64>(pairs), shift, bits) << 3);
    store<f64>(place, load<f64>(place) + load<f64>(pairs, 8));
  }
}

function totalOf(digits: u32): f64 {
  let total: f64 = 0;
  for (let digit: u32 = 0; digit < DIGITS; digit++) total += load<f64>(digits + (digit << 3));
  return total;
}

/** Move the pairs with this digit to the front, in their order. @returns how many. */
function keepDigit(pairs: u32, count: u32, shift: i32, bits: u32, digit: u32): u32 {
  let to = pairs;
  for (let k: u32 = 0, from = pairs; k < count; k++, from += PAIR_BYTES) {
    if (digitOf(load<u64>(from), shift, bits) != digit) continue;
    v128.store(to, v128.load(from));
    to += PAIR_BYTES;
  }
  return (to - pairs) / PAIR_BYTES;
}
