/** Bits of a key that one pass sorts by: three passes for 32. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Ascending, -0 before 0. Several times as fast as `Float32Array.sort` on many values: a radix sort (Knuth, The Art of Computer
 * Programming, volume 3, 5.2.5) of their bits, turned so that they ascend as whole numbers.
 *
 * @param values without NaN; its content is lost.
 * @param room [values]: its content is lost, and the result may stand there.
 */
export function sortFloats(values: Float32Array, room: Uint32Array = new Uint32Array(values.length)): Float32Array {
  let from: Uint32Array = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let to: Uint32Array = room;
  // Negative numbers ascend where their bits descend.
  for (let i = 0; i < from.length; i++) from[i] = from[i]! ^ ((from[i]! >> 31) | 0x80000000);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    pass(from, to, shift);
    [from, to] = [to, from];
  }
  for (let i = 0; i < from.length; i++) from[i] = from[i]! ^ ((~from[i]! >> 31) | 0x80000000);
  return new Float32Array(from.buffer, from.byteOffset, from.length);
}

/** Stable. */
function pass(from: Uint32Array, to: Uint32Array, shift: number): void {
  const ends = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < from.length; i++) ends[((from[i]! >>> shift) & (DIGITS - 1)) + 1]!++;
  for (let digit = 0; digit < DIGITS; digit++) ends[digit + 1]! += ends[digit]!;
  for (let i = 0; i < from.length; i++) to[ends[(from[i]! >>> shift) & (DIGITS - 1)]!++] = from[i]!;
}
