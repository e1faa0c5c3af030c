import { binsOf, countUnit, directionOf, gather, isCategorical, subtract, sumsOf } from "./count";
import { Limit, limitAt, NEXT, NO_COLUMN, orderedOf, orderOf, RESULT_BYTES, Word, word } from "./control";
import { divideRows } from "./rows";
import { findSplit } from "./splits";

/** Bits of `Word.Searched`. */
const COUNTED: u32 = 1;
const OTHER: u32 = 2;

/**
 * Count a leaf's rows, one unit of columns after the other as threads become free, and search for the best splits. What
 * becomes of a column is done at once, while its counts are in the cache; the order of sums does not depend on who does it.
 *
 * A division that waits comes first: each thread has its own copy of the rows, so that none waits for another between the two.
 */
export function countLeaf(thread: u32): void {
  if (word(Word.IsDivided) != 0) divideRows(thread);
  const rows = word(Word.Rows);
  const from = word(Word.From);
  const count = word(Word.To) - from;
  const order = orderOf(thread) + (from << 2);
  const isWhole = count == rows;
  let pairs: u32 = word(Word.Pairs);
  if (!isWhole) {
    const ordered = orderedOf(thread);
    gather(order, count, pairs, ordered);
    pairs = ordered;
  }
  const units = word(Word.UnitCount);
  for (let unit = atomic.add<u32>(NEXT, 1); unit < units; unit = atomic.add<u32>(NEXT, 1)) {
    const columns: u32 = word(Word.Units) + (unit << 4);
    countUnit(columns, word(Word.Into), order, count, pairs, isWhole);
    searchUnit(columns, thread);
  }
}

function searchUnit(unit: u32, thread: u32): void {
  const minus: u32 = word(Word.Minus);
  const searched = word(Word.Searched);
  for (let i: u32 = 0; i < 4; i++) {
    const column = load<u32>(unit + (i << 2));
    if (column == NO_COLUMN) return;
    if (minus != 0) subtract(minus, word(Word.Into), column);
    if (searched & COUNTED) search(word(Word.Into), column, Limit.Counted, thread);
    if (searched & OTHER) search(minus, column, Limit.Other, thread);
  }
}

function search(histogram: u32, column: u32, totals: Limit, thread: u32): void {
  const place: u32 = totals == Limit.Counted ? column : word(Word.Columns) + column;
  const groups: u32 = word(Word.Groups) + thread * 257 * 40;
  const out = word(Word.Results) + place * RESULT_BYTES;
  const sums = sumsOf(histogram, column);
  findSplit(sums, binsOf(column), isCategorical(column), directionOf(column), limitAt(totals), groups, out);
}
