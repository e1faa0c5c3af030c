import { binsOf, countUnit, directionOf, isCategorical, subtract, sumsOf } from "./count";
import { isWhole, Limit, limitAt, NEXT, NO_COLUMN, PAIR_BYTES, RESULT_BYTES, Word, word } from "./control";
import { findSplit } from "./splits";

/** Bits of `Word.Searched`. */
const COUNTED: u32 = 1;
const OTHER: u32 = 2;

/**
 * Count a leaf's rows, one unit of columns after the other as threads become free, and search for the best splits. What
 * becomes of a column is done at once, while its counts are in the cache; the order of sums does not depend on who does it.
 */
export function countLeaf(thread: u32): void {
  const units = word(Word.UnitCount);
  for (let unit = nextPiece(); unit < units; unit = nextPiece()) {
    countColumns(unit, thread);
    searchUnit(unit, thread);
  }
}

/** Count the drawn rows and, in the meantime, sum them up, which the search must know. */
export function countRoot(thread: u32): void {
  const units = word(Word.UnitCount);
  for (let piece = nextPiece(); piece <= units; piece = nextPiece()) {
    if (piece == 0) sumDrawn();
    else countColumns(piece - 1, thread);
  }
}

export function searchRoot(thread: u32): void {
  const units = word(Word.UnitCount);
  for (let unit = nextPiece(); unit < units; unit = nextPiece()) searchUnit(unit, thread);
}

function nextPiece(): u32 {
  return atomic.add<u32>(NEXT, 1);
}

/** Gradient and hessian of the drawn rows, one after the other: the sums are the same to the last bit, however many threads there are. */
function sumDrawn(): void {
  const rows = word(Word.DrawnRows);
  const pairs: u32 = isWhole(rows) ? word(Word.Pairs) : word(Word.Ordered);
  let sum = f64x2.splat(0);
  for (let k: u32 = 0; k < rows; k++) sum = f64x2.add(sum, v128.load(pairs + k * PAIR_BYTES));
  v128.store(limitAt(Limit.Counted), sum);
}

function unitAt(unit: u32): u32 {
  return word(Word.Units) + (unit << 4);
}

function countColumns(unit: u32, thread: u32): void {
  const from = word(Word.From);
  const count = word(Word.To) - from;
  const pairs: u32 = isWhole(count) ? word(Word.Pairs) : word(Word.Ordered);
  countUnit(unitAt(unit), word(Word.Into), word(Word.Order) + (from << 2), count, pairs, groupsOf(thread));
}

function searchUnit(unit: u32, thread: u32): void {
  const columns = unitAt(unit);
  const minus: u32 = word(Word.Minus);
  const searched = word(Word.Searched);
  for (let i: u32 = 0; i < 4; i++) {
    const column = load<u32>(columns + (i << 2));
    if (column == NO_COLUMN) return;
    if (minus != 0) subtract(minus, word(Word.Into), column);
    if (searched & COUNTED) search(word(Word.Into), column, Limit.Counted, thread);
    if (searched & OTHER) search(minus, column, Limit.Other, thread);
  }
}

function search(histogram: u32, column: u32, totals: Limit, thread: u32): void {
  const place: u32 = totals == Limit.Counted ? column : word(Word.Columns) + column;
  const groups = groupsOf(thread);
  const out = word(Word.Results) + place * RESULT_BYTES;
  const sums = sumsOf(histogram, column);
  findSplit(sums, binsOf(column), isCategorical(column), directionOf(column), limitAt(totals), groups, out);
}

/** Room of a thread's own, for groups of categories; before that, for words of bins. */
function groupsOf(thread: u32): u32 {
  return word(Word.Groups) + thread * 257 * 40;
}
