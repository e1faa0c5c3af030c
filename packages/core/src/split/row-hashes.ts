import type { Column } from "../features/column.ts";
import type { FeatureColumn } from "../learners/learner.ts";

/**
 * A 64-bit hash per row over some columns, built column by column so that only one is in memory.
 *
 * Equal rows are equal; a million rows collide by chance with probability 3e-8. Not made against an adversary.
 */
export interface RowHashes {
  readonly ids: BigUint64Array;
  /** @param words two 32-bit words of a row's value, into `out`. */
  add(words: (row: number, out: Uint32Array) => void): void;
}

export function rowHashes(rows: number): RowHashes {
  const ids = new BigUint64Array(rows);
  const halves = new Uint32Array(ids.buffer);
  const out = new Uint32Array(2);
  return {
    ids,
    add(words) {
      for (let row = 0; row < rows; row++) {
        words(row, out);
        halves[2 * row] = mix(mix(halves[2 * row]!, out[0]!), out[1]!);
        halves[2 * row + 1] = mix(mix(halves[2 * row + 1]! ^ 0x9e3779b9, out[1]!), out[0]!);
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
export function featureWords(feature: FeatureColumn): (row: number, out: Uint32Array) => void {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  return (row, out) => {
    if (feature.kind === "categorical") {
      out[0] = feature.codes[row]!;
    } else {
      const value = feature.values[row]!;
      float[0] = Number.isNaN(value) ? Number.NaN : value + 0;
      out[0] = bits[0]!;
    }
    out[1] = 0;
  };
}

/** Words of a column's values, text by its own hash. */
export function columnWords(column: Column): (row: number, out: Uint32Array) => void {
  if (column.kind === "number") {
    const float = new Float64Array(1);
    const bits = new Uint32Array(float.buffer);
    return (row, out) => {
      float[0] = column.values[row]! + 0;
      out.set(bits);
    };
  }
  const entries = column.dictionary.map((text) => [textHash(text, 0), textHash(text, 1)] as const);
  return (row, out) => out.set(entries[column.codes[row]!] ?? [0, 0]);
}

function textHash(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return mix(hash, text.length);
}
