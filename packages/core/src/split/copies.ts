import { digestTable, digestWords } from "../data/digest-table.ts";
import { finding } from "../data/finding-codes.ts";
import type { Finding } from "../data/finding.ts";
import type { Column } from "../features/column.ts";
import { columnWords, rowHashes, wordsOf, type ValueWords } from "./row-hashes.ts";

/** Of the rows that must repeat an earlier one before anybody asks why. */
const LEAST_REPEATED = 0.1;
/** More rows tell nothing new. */
const MOST_SAMPLED = 20_000;
/** Columns whose pairs are looked at: those in which the most rows differ alone. */
const MOST_COLUMNS = 10;
/** Pairs of rows that a count must have to be used. */
const LEAST_PAIRS = 30;
/** Kinds from which on it is no chance that each has an even number of rows. */
const LEAST_KINDS = 10;
/** Equal pairs may be so many times what near ones foretell: answers of one person go together. */
const MOST_TIMES = 4;

/** [rows]: how many rows before it are equal to it. */
export function copyNumbers(digests: BigUint64Array): Uint32Array {
  const table = digestTable(digests.length);
  const words = digestWords(digests);
  const counts = new Uint32Array(digests.length);
  return Uint32Array.from(digests.keys(), (row) => counts[table.add(words, row)]!++);
}

/** Whether so many rows are equal to an earlier one that it matters on which side of the split they are. */
export function haveManyCopies(copies: Uint32Array): boolean {
  const repeated = copies.reduce((sum, copy) => sum + (copy > 0 ? 1 : 0), 0);
  return repeated > LEAST_REPEATED * copies.length;
}

/**
 * Whether rows are equal because there are few ways to differ, as in a table of few columns with few values each, and not
 * because they were written twice.
 *
 * Where rows are drawn, those that differ in one column or two foretell how many are equal: N(c) pairs that differ in c alone and
 * N(c, d) that differ in both give about N(c) × N(d) / N(c, d) equal ones, if differing in c has little to do with differing in d.
 * Rows that were written twice are equal and foretold by nothing: a row with a value that no other has is nowhere near another
 * one. The median over pairs of columns decides. A table in which every kind of row is there twice (three times, …) was copied, and so
 * was one with far fewer kinds that are there three times than its kinds of two and of one ask for: in any mixture of
 * Poisson counts, (2 f₂)² ≤ f₁ × 6 f₃ (Cauchy and Schwarz).
 *
 * @param columns of the same rows as `digests`.
 */
export function areCopiesNatural(digests: BigUint64Array, columns: readonly Column[]): boolean {
  const counts = kindCounts(digests);
  if (isWrittenTwice(counts)) return false;
  const stride = Math.max(1, Math.ceil(digests.length / MOST_SAMPLED));
  const rows = Uint32Array.from({ length: Math.ceil(digests.length / stride) }, (_, i) => i * stride);
  const hashes = columns.map((column) => hashesOf(column, rows, digests.length));
  const whole = sumOf(hashes, rows.length);
  const equal = equalPairs(whole);
  if (equal < LEAST_PAIRS) return false;
  const alone = hashes
    .map((hash) => ({ hash, pairs: equalPairs(without(whole, hash)) - equal }))
    .filter(({ pairs }) => pairs >= LEAST_PAIRS)
    .toSorted((a, b) => b.pairs - a.pairs)
    .slice(0, MOST_COLUMNS);
  const foretold: number[] = [];
  for (const [i, c] of alone.entries()) {
    for (const d of alone.slice(i + 1)) {
      const both = equalPairs(without(without(whole, c.hash), d.hash)) - equal - c.pairs - d.pairs;
      if (both >= LEAST_PAIRS) foretold.push((c.pairs * d.pairs) / both);
    }
  }
  const median = foretold.toSorted((a, b) => a - b)[Math.floor(foretold.length / 2)];
  return median !== undefined && equal <= MOST_TIMES * median;
}

/** Says that equal rows are on both sides of the split, and why that is right. */
export function naturalCopies(copies: Uint32Array): Finding {
  const kinds = copies.reduce((sum, copy) => sum + (copy === 0 ? 1 : 0), 0);
  const words =
    `${copies.length} rows have ${kinds} different values. Rows that differ in one column or two are so frequent that equal ones are ` +
    "to be expected, so each counts on its own, and equal rows can be on both sides of the split.";
  return finding("natural-copies", { count: copies.length - kinds }, words);
}

/** [kinds of rows]: how many rows are of it. */
function kindCounts(digests: BigUint64Array): Uint32Array {
  const table = digestTable(digests.length);
  const words = digestWords(digests);
  const counts = new Uint32Array(digests.length);
  for (let row = 0; row < digests.length; row++) counts[table.add(words, row)]!++;
  return counts.subarray(0, table.size);
}

function isWrittenTwice(counts: Uint32Array): boolean {
  const common = counts.reduce((a, b) => divisor(a, b), 0);
  if (common > 1 && counts.length >= LEAST_KINDS) return true;
  const [once, twice, thrice] = [1, 2, 3].map((times) => counts.reduce((sum, n) => sum + (n === times ? 1 : 0), 0));
  const least = (2 * twice! * twice!) / (3 * Math.max(1, once!));
  return least >= LEAST_KINDS && thrice! < least / 2;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** A hash of each row's value that can be added to those of other columns, and taken away again. */
function hashesOf(column: Column, rows: Uint32Array, all: number): BigUint64Array {
  const hashes = rowHashes(all);
  hashes.add(nameWords(column.name, all));
  hashes.add(columnWords(column));
  return BigUint64Array.from(rows, (row) => hashes.ids[row]!);
}

/** So that equal values of two columns have different hashes. */
function nameWords(name: string, rows: number): ValueWords {
  return columnWords({ kind: "text", name, type: "string", dictionary: [name], codes: new Int32Array(rows) });
}

function sumOf(hashes: readonly BigUint64Array[], rows: number): BigUint64Array {
  const sum = new BigUint64Array(rows);
  for (const hash of hashes) for (let row = 0; row < rows; row++) sum[row]! += hash[row]!;
  return sum;
}

function without(sum: BigUint64Array, hash: BigUint64Array): BigUint64Array {
  return sum.map((value, row) => value - hash[row]!);
}

function equalPairs(digests: BigUint64Array): number {
  return copyNumbers(digests).reduce((sum, copy) => sum + copy, 0);
}

/**
 * Positions that place each copy of a row for itself: the first one stays, so that rows that nothing is equal to do not move.
 *
 * @param positions [rows], in [0, 1), the same for equal rows. @param copies see `copyNumbers`.
 */
export function positionsApart(positions: Float64Array, copies: Uint32Array): Float64Array {
  const hashes = rowHashes(positions.length);
  const bits = new Uint32Array(positions.buffer, positions.byteOffset, 2 * positions.length);
  hashes.add(wordsOf(bits));
  hashes.add({ low: copies, high: null });
  return positions.map((position, row) =>
    copies[row] === 0 ? position : Number(hashes.ids[row]! >> 12n) / 4_503_599_627_370_496,
  );
}

/** Digests that tell copies of a row apart. */
export function digestsApart(digests: BigUint64Array, copies: Uint32Array): BigUint64Array {
  const hashes = rowHashes(digests.length);
  hashes.add(wordsOf(digestWords(digests)));
  hashes.add({ low: copies, high: null });
  return digests.map((digest, row) => (copies[row] === 0 ? digest : hashes.ids[row]!));
}
