/**
 * Put numbers into bins: 0 for a missing one, else 1 more than the number of edges that lie below it.
 *
 * @param values [count]: 32-bit floats; NaN: missing.
 * @param edges [edgeCount]: 64-bit floats, ascending.
 * @param out byte of the first value's bin; the next one's is 4 further on.
 * @param first where a bin stands that all are compared with, such as `out`.
 * @returns whether any differs from it.
 */
export function binNumbers(values: u32, count: u32, edges: u32, edgeCount: u32, out: u32, first: u32): bool {
  let differ: u32 = 0;
  store<u8>(out, binOf(load<f32>(values), edges, edgeCount));
  const wanted: u32 = load<u8>(first);
  for (let k: u32 = 0; k < count; k++) {
    const bin = binOf(load<f32>(values + (k << 2)), edges, edgeCount);
    store<u8>(out + (k << 2), bin);
    differ |= bin ^ wanted;
  }
  return differ != 0;
}

/** Without a branch that depends on the value: the searches of several values then run at once. */
export function binOf(value: f64, edges: u32, edgeCount: u32): u32 {
  let from = edges;
  let left = edgeCount;
  while (left > 1) {
    const half = left >> 1;
    from = select<u32>(from + (half << 3), from, load<f64>(from + (half << 3) - 8) < value);
    left -= half;
  }
  const below = (from - edges) >> 3;
  const bin = below + 1 + <u32>(left == 1 && load<f64>(from) < value);
  return select<u32>(bin, 0, value == value);
}
