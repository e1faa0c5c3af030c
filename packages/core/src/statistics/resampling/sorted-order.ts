/** Up to here comparing is faster than the passes over all counters. */
const FEW = 1024;

/**
 * Indices that sort `values` ascending; equal values keep their order. Example: [0.3, 0.1, 0.2] gives [1, 2, 0]. O(n).
 *
 * @throws RangeError for NaN, which has no rank: loops over ties would never end.
 */
export function sortedOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let row = 0; row < order.length; row++) {
    if (Number.isNaN(values[row])) throw new RangeError("NaN has no rank");
    order[row] = row;
  }
  if (isAscending(values)) return order;
  return order.length <= FEW ? order.sort((a, b) => values[a]! - values[b]! || a - b) : radixSorted(order, values);
}

function isAscending(values: Float64Array): boolean {
  for (let row = 1; row < values.length; row++) if (values[row - 1]! > values[row]!) return false;
  return true;
}

/** Where the four 16-bit words of a double stand in memory on this machine, the lowest first. */
const WORDS = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? [0, 1, 2, 3] : [3, 2, 1, 0];

/**
 * Radix sort by the four words of each double, the lowest first; every pass keeps the order of the one before. Linear,
 * and in typed arrays only: for 100,000 values a sort by a comparison takes many times as long, and boxes every index.
 */
function radixSorted(order: Uint32Array, values: Float64Array): Uint32Array {
  const words = new Uint16Array(ascendingBits(values).buffer);
  const starts = new Uint32Array(65_536);
  let [sorted, next]: [Uint32Array, Uint32Array] = [order, new Uint32Array(order.length)];
  for (const word of WORDS) {
    starts.fill(0);
    for (let at = word; at < words.length; at += 4) starts[words[at]!]!++;
    if (starts[words[word]!] === sorted.length) continue; // all alike, as the lowest words of short numbers are
    let start = 0;
    for (let digit = 0; digit < starts.length; digit++) {
      const count = starts[digit]!;
      starts[digit] = start;
      start += count;
    }
    for (let place = 0; place < sorted.length; place++) {
      const row = sorted[place]!;
      next[starts[words[4 * row + word]!]!++] = row;
    }
    [sorted, next] = [next, sorted];
  }
  return sorted;
}

/** The bits of each value, changed so that as whole numbers without sign they order like the values. */
function ascendingBits(values: Float64Array): Uint32Array {
  const bits = new Uint32Array(values.map((value) => value + 0).buffer); // −0 becomes 0, its equal
  const high = WORDS[3]! >> 1;
  for (let at = 0; at < bits.length; at += 2) {
    const isNegative = bits[at + high]! >>> 31 === 1;
    bits[at + high]! ^= isNegative ? 0xffffffff : 0x80000000;
    if (isNegative) bits[at + 1 - high]! ^= 0xffffffff;
  }
  return bits;
}
