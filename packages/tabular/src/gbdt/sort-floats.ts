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
  const keys = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const [low, middle, high] = turnAndCount(keys);
  pass(keys, room, low, 0);
  pass(room, keys, middle, DIGIT_BITS);
  pass(keys, room, high, 2 * DIGIT_BITS);
  for (let i = 0; i < room.length; i++) room[i] = room[i]! ^ ((~room[i]! >> 31) | 0x80000000);
  return new Float32Array(room.buffer, room.byteOffset, room.length);
}

/** Turn the bits of numbers into keys, in place: negative numbers ascend where their bits descend. @returns of each digit, where its keys begin. */
function turnAndCount(keys: Uint32Array): [low: Uint32Array, middle: Uint32Array, high: Uint32Array] {
  const low = new Uint32Array(DIGITS + 1);
  const middle = new Uint32Array(DIGITS + 1);
  const high = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]! ^ ((keys[i]! >> 31) | 0x80000000);
    keys[i] = key;
    low[(key & (DIGITS - 1)) + 1]!++;
    middle[((key >>> DIGIT_BITS) & (DIGITS - 1)) + 1]!++;
    high[(key >>> (2 * DIGIT_BITS)) + 1]!++;
  }
  for (const starts of [low, middle, high]) {
    for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1]! += starts[digit]!;
  }
  return [low, middle, high];
}

/** Stable. @param starts its content is lost. */
function pass(from: Uint32Array, to: Uint32Array, starts: Uint32Array, shift: number): void {
  for (let i = 0; i < from.length; i++) to[starts[(from[i]! >>> shift) & (DIGITS - 1)]!++] = from[i]!;
}
