import { digestTable, digestWords } from "../data/digest-table.ts";

/** The holdout rows whose id a row of the training side has too, in the order of `holdout`. */
export function sharedRows(
  ids: BigUint64Array,
  trainingSide: readonly Uint32Array[],
  holdout: Uint32Array,
): Uint32Array {
  const words = digestWords(ids);
  const held = digestTable(holdout.length);
  const marks = new Uint8Array(marksFor(holdout.length));
  const last = marks.length - 1;
  const numbers = holdout.map((row) => {
    marks[words[2 * row]! & last] = 1;
    return held.add(words, row);
  });
  const isShared = new Uint8Array(held.size);
  for (const rows of trainingSide) {
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!;
      // Nearly every row is done with here, by a list that stays in the processor's cache as the table does not.
      if (marks[words[2 * row]! & last] === 0) continue;
      const number = held.find(words, row);
      if (number >= 0) isShared[number] = 1;
    }
  }
  return holdout.filter((_, place) => isShared[numbers[place]!] === 1);
}

/** A power of two that is a few times as many. */
function marksFor(rows: number): number {
  let size = 1024;
  while (size < 4 * rows && size < MOST_MARKS) size *= 2;
  return size;
}

/** Bytes. */
const MOST_MARKS = 1 << 22;
