import type { Column } from "../features/column.ts";
import type { FeatureColumn } from "../learners/learner.ts";

/** Two words of 32 bits for the value of each row; `high` `null`: always 0. */
export interface ValueWords {
  readonly low: Uint32Array;
  readonly high: Uint32Array | null;
}

/**
 * A 64-bit hash per row over some columns, built column by column so that only one is in memory.
 *
 * Equal rows are equal; a million rows collide by chance with probability 3e-8. Not made against an adversary.
 */
export interface RowHashes {
  readonly ids: BigUint64Array;
  /** @param words [rows]. */
  add(words: ValueWords): void;
}

export function rowHashes(rows: number): RowHashes {
  const ids = new BigUint64Array(rows);
  const halves = new Uint32Array(ids.buffer);
  return {
    ids,
    add({ low, high }) {
      for (let row = 0; row < rows; row++) {
        const [first, second] = [low[row]!, high === null ? 0 : high[row]!];
        halves[2 * row] = mix(mix(halves[2 * row]!, first), second);
        halves[2 * row + 1] = mix(mix(halves[2 * row + 1]! ^ 0x9e3779b9, second), first);
      }
    },
  };
}

/** MurmurHash3's 32-bit step and finaliser (Appleby, public domain). */
function mix(hash: number, word: number): number {
  const scrambled = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  let mixed = (Math.imul(rotate(hash ^ scrambled, 13), 5) + 0xe6546b64) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Words of a feature's values; missing numbers are equal to each other, and so are 0 and -0. */
export function featureWords(feature: FeatureColumn): ValueWords {
  if (feature.kind === "categorical") return { low: new Uint32Array(feature.codes), high: null };
  const values = new Float32Array(feature.values.length);
  for (let row = 0; row < values.length; row++) {
    const value = feature.values[row]!;
    values[row] = Number.isNaN(value) ? Number.NaN : value + 0;
  }
  return { low: new Uint32Array(values.buffer), high: null };
}

/** Words of a column's values, text by its own hash. */
export function columnWords(column: Column): ValueWords {
  if (column.kind === "number") return wordsOf(new Uint32Array(column.values.map((value) => value + 0).buffer));
  const entries = column.dictionary.map((text) => [textHash(text, 0), textHash(text, 1)] as const);
  const [lows, highs] = [0, 1].map((i) => Uint32Array.from(entries, (entry) => entry[i]!));
  const { codes } = column;
  const [low, high] = [new Uint32Array(codes.length), new Uint32Array(codes.length)];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    low[row] = lows![code]!;
    high[row] = highs![code]!;
  }
  return { low, high };
}

/** @param pairs two words for each row. */
export function wordsOf(pairs: Uint32Array): ValueWords {
  const rows = pairs.length / 2;
  const [low, high] = [new Uint32Array(rows), new Uint32Array(rows)];
  for (let row = 0; row < rows; row++) {
    low[row] = pairs[2 * row]!;
    high[row] = pairs[2 * row + 1]!;
  }
  return { low, high };
}

function textHash(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return mix(hash, text.length);
}
