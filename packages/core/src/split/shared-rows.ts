import { digestTable, digestWords } from "../data/digest-table.ts";

/** The holdout rows whose id a row of the training side has too, in the order of `holdout`. */
export function sharedRows(
  ids: BigUint64Array,
  trainingSide: readonly Uint32Array[],
  holdout: Uint32Array,
): Uint32Array {
  const words = digestWords(ids);
  const held = digestTable(holdout.length);
  const numbers = holdout.map((row) => held.add(words, row));
  const isShared = new Uint8Array(held.size);
  for (const rows of trainingSide) {
    for (let place = 0; place < rows.length; place++) {
      const number = held.find(words, rows[place]!);
      if (number >= 0) isShared[number] = 1;
    }
  }
  return holdout.filter((_, place) => isShared[numbers[place]!] === 1);
}
