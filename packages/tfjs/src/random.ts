/** Numbers in [0, 1) from a seed, by 32-bit arithmetic alone. Source: Tommy Ettinger's mulberry32 (public domain). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The numbers from 0 to count − 1 in a random order (Fisher and Yates), written into `order`. */
export function shuffle(order: Uint32Array, next: () => number): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
}
