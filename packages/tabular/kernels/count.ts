import { BIN_BYTES, columnByte, COLUMNS_PER_WORD, isWhole, NO_COLUMN, PAIR_BYTES, Trait, Word, word } from "./control";

/** Add a row's gradient and hessian to a bin, and one to its count. */
function addToBin(bin: u32, pair: v128): void {
  v128.store(bin, f64x2.add(v128.load(bin), pair));
  store<f64>(bin, load<f64>(bin, 16) + 1, 16);
}

/** Address of the bin that byte `shift / 8` of a word names. */
function binAt(sums: u32, word: u32, shift: u32): u32 {
  return sums + ((word >> shift) & 0xff) * BIN_BYTES;
}

/**
 * Add rows to the histograms of the four columns of a word: the hot loop of training. Each bin's sums are made in the
 * order of the rows, whoever counts, and so are the same to the last bit.
 *
 * @param words [count]: bins.
 * @param pairs [count]: gradient and hessian.
 */
function addFour(words: u32, count: u32, pairs: u32, a: u32, b: u32, c: u32, d: u32): void {
  for (let k: u32 = 0; k < count; k++) {
    const bins = load<u32>(words);
    const pair = v128.load(pairs);
    addToBin(binAt(a, bins, 0), pair);
    addToBin(binAt(b, bins, 8), pair);
    addToBin(binAt(c, bins, 16), pair);
    addToBin(binAt(d, bins, 24), pair);
    words += 4;
    pairs += PAIR_BYTES;
  }
}

/** The same for two columns of a word, at these bits of it. */
function addTwo(words: u32, count: u32, pairs: u32, a: u32, shiftA: u32, b: u32, shiftB: u32): void {
  for (let k: u32 = 0; k < count; k++) {
    const bins = load<u32>(words);
    const pair = v128.load(pairs);
    addToBin(binAt(a, bins, shiftA), pair);
    addToBin(binAt(b, bins, shiftB), pair);
    words += 4;
    pairs += PAIR_BYTES;
  }
}

function addOne(words: u32, count: u32, pairs: u32, sums: u32, shift: u32): void {
  for (let k: u32 = 0; k < count; k++) {
    addToBin(binAt(sums, load<u32>(words), shift), v128.load(pairs));
    words += 4;
    pairs += PAIR_BYTES;
  }
}

/** First byte of a column's part of a histogram. */
export function sumsOf(histogram: u32, column: u32): u32 {
  return histogram + load<u32>(word(Word.ColumnTable) + (column << 3));
}

export function binsOf(column: u32): u32 {
  return load<u32>(word(Word.ColumnTable) + (column << 3), 4) & 0xffff;
}

function traitsOf(column: u32): u32 {
  return load<u32>(word(Word.ColumnTable) + (column << 3), 4);
}

export function isCategorical(column: u32): bool {
  return (traitsOf(column) & Trait.Categorical) != 0;
}

/** 1: the score must not fall as the column rises; -1: it must not rise; 0: either. */
export function directionOf(column: u32): i32 {
  const traits = traitsOf(column);
  return <i32>((traits & Trait.Increasing) != 0) - <i32>((traits & Trait.Decreasing) != 0);
}

function clear(histogram: u32, column: u32): void {
  memory.fill(sumsOf(histogram, column), 0, binsOf(column) * BIN_BYTES);
}

/** Rows whose words are gathered at once: little enough to stay in the processor's nearest cache. */
const BLOCK_ROWS: u32 = 512;

/**
 * Count a leaf's rows by the columns of one unit.
 *
 * Words of rows that are far apart are gathered first: in a loop that does nothing else, the processor waits for many of them at once.
 *
 * @param unit [4] columns of one word, `NO_COLUMN` at the end.
 * @param room [`BLOCK_ROWS`]: its content is lost.
 */
export function countUnit(unit: u32, histogram: u32, rows: u32, count: u32, pairs: u32, room: u32): void {
  for (let i: u32 = 0; i < 4; i++) {
    const column = load<u32>(unit + (i << 2));
    if (column != NO_COLUMN) clear(histogram, column);
  }
  const words: u32 = word(Word.Bins) + columnByte(load<u32>(unit) & ~(COLUMNS_PER_WORD - 1), word(Word.Rows));
  if (isWhole(count)) return addWords(unit, histogram, words, count, pairs);
  for (let from: u32 = 0; from < count; from += BLOCK_ROWS) {
    const size = min(BLOCK_ROWS, count - from);
    const ofBlock = rows + (from << 2);
    for (let k: u32 = 0; k < size; k++)
      store<u32>(room + (k << 2), load<u32>(words + (load<u32>(ofBlock + (k << 2)) << 2)));
    addWords(unit, histogram, room, size, pairs + from * PAIR_BYTES);
  }
}

function addWords(unit: u32, histogram: u32, words: u32, count: u32, pairs: u32): void {
  const first = load<u32>(unit);
  const second = load<u32>(unit, 4);
  const a = sumsOf(histogram, first);
  if (second == NO_COLUMN) return addOne(words, count, pairs, a, (first & 3) << 3);
  if (load<u32>(unit, 8) == NO_COLUMN) {
    return addTwo(words, count, pairs, a, (first & 3) << 3, sumsOf(histogram, second), (second & 3) << 3);
  }
  // A column of the word that was not drawn is counted too; nobody looks at its sums.
  const base = first & ~(COLUMNS_PER_WORD - 1);
  const zero = sumsOf(histogram, base);
  const one = sumsOf(histogram, base + 1);
  const two = sumsOf(histogram, base + 2);
  const three = sumsOf(histogram, base + 3);
  addFour(words, count, pairs, zero, one, two, three);
}

/**
 * Turn a column's counts of a parent into those of one child, by taking the other's away. The trick of LightGBM (Ke et
 * al. 2017): its cost is that of the bins, whatever the number of rows.
 */
export function subtract(parent: u32, child: u32, column: u32): void {
  let from = sumsOf(parent, column);
  let less = sumsOf(child, column);
  const end = from + binsOf(column) * BIN_BYTES;
  for (; from < end; from += 8, less += 8) store<f64>(from, load<f64>(from) - load<f64>(less));
}
