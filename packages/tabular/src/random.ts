/** A stream of whole numbers, uniform on 0 … 2^32 - 1. */
export type Random = () => number;

/**
 * The small fast counter generator sfc32 (C. Doty-Humphrey, PractRand): the same numbers on every machine.
 *
 * @param seed a whole number, 0 … 2^32 - 1.
 */
export function seededRandom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result >>> 0;
  };
  // Neighbouring seeds start out alike; the state needs a dozen steps to spread.
  for (let step = 0; step < 15; step++) next();
  return next;
}

/**
 * Draw `count` of the numbers 0 … `total` - 1 without replacement, in ascending order, each subset equally likely
 * (selection sampling, Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2 S).
 *
 * Takes nothing from the stream when everything is drawn.
 *
 * @param drawn [count]: filled and returned, so that whoever draws often needs one array only.
 */
export function drawSorted(
  random: Random,
  total: number,
  count: number,
  drawn: Uint32Array = new Uint32Array(count),
): Uint32Array {
  let chosen = 0;
  for (let i = 0; chosen < count; i++) {
    if (count === total || (random() / 4_294_967_296) * (total - i) < count - chosen) drawn[chosen++] = i;
  }
  return drawn;
}
