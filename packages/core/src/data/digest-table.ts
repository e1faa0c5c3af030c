/** Numbers given to digests of 64 bits, in the order of their first appearance, from 0. */
export interface DigestTable {
  /** How many different ones there are. */
  readonly size: number;
  /** The number of the digest at a place of a list, which gets one where it has none. */
  add(list: Uint32Array, place: number): number;
  /** The number of the digest at a place of a list; -1: it has none. */
  find(list: Uint32Array, place: number): number;
}

/** Two words of 32 bits for each digest: reading a bigint from an array would make an object of it. */
export function digestWords(digests: BigUint64Array): Uint32Array {
  return new Uint32Array(digests.buffer, digests.byteOffset, digests.length * 2);
}

/**
 * A hash table with open addressing; the digests are hashes already. 16 bytes for each digest that it may hold, and 8 for each slot.
 *
 * @param most digests that it will ever hold.
 */
export function digestTable(most: number): DigestTable {
  let slots = 16;
  while (slots < 2 * most) slots *= 2;
  const numbers = new Int32Array(slots);
  const words = new Uint32Array(2 * most);
  let size = 0;

  /** The slot where a digest is, or would be. */
  const slotOf = (low: number, high: number): number => {
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & (slots - 1);
    for (;;) {
      const number = numbers[slot]! - 1;
      if (number < 0 || (words[2 * number] === low && words[2 * number + 1] === high)) return slot;
      slot = (slot + 1) & (slots - 1);
    }
  };
  return {
    get size() {
      return size;
    },
    add(list, place) {
      const [low, high] = [list[2 * place]!, list[2 * place + 1]!];
      const slot = slotOf(low, high);
      if (numbers[slot] === 0) {
        words[2 * size] = low;
        words[2 * size + 1] = high;
        numbers[slot] = ++size;
      }
      return numbers[slot]! - 1;
    },
    find: (list, place) => numbers[slotOf(list[2 * place]!, list[2 * place + 1]!)]! - 1,
  };
}
