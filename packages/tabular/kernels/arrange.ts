import {
  BIN_BYTES,
  COLUMNS_PER_WORD,
  DIGITS,
  LEFTS_BYTES,
  Limit,
  limitAt,
  PAIR_BYTES,
  RESULT_BYTES,
  setWord,
  Trait,
  Word,
  word,
} from "./control";

/** Room for the control block, before everything else. */
const START: u64 = 0x1000;
/** 4 GiB less one page: what 32-bit addresses can reach. */
const MOST: u64 = 0xffff_0000;

let end: u64 = START;

function reserve(name: Word, bytes: u64): void {
  setWord(name, <u32>end);
  // A number of bytes that 32 bits cannot hold must not wrap round.
  end = (end + min<u64>(bytes, MOST) + 127) & ~127;
}

/**
 * Lay out the memory for one training, except histograms.
 *
 * @param furtherRows validation rows.
 * @returns bytes up to the end; more than 4 GiB where there is not enough memory for so many rows and columns.
 */
export function arrange(
  rows: u32,
  furtherRows: u32,
  columns: u32,
  outputs: u32,
  leaves: u32,
  threads: u32,
  isWeighted: bool,
): f64 {
  const words: u64 = (columns + COLUMNS_PER_WORD - 1) / COLUMNS_PER_WORD;
  const padded: u64 = words * COLUMNS_PER_WORD;
  end = START;
  setWord(Word.Rows, rows);
  setWord(Word.FurtherRows, furtherRows);
  setWord(Word.Columns, columns);
  setWord(Word.Outputs, outputs);
  setWord(Word.Threads, threads);
  setWord(Word.IsWeighted, isWeighted);
  reserve(Word.ColumnTable, 8 * padded);
  reserve(Word.Units, 16 * padded);
  reserve(Word.Results, 2 * padded * RESULT_BYTES);
  reserve(Word.Routes, 256 * <u64>leaves);
  reserve(Word.Splits, 16 * <u64>leaves);
  reserve(Word.LeafRows, 8 * <u64>leaves);
  reserve(Word.LeafValues, 8 * <u64>leaves);
  reserve(Word.Groups, 257 * 40 * <u64>threads);
  reserve(Word.Lefts, LEFTS_BYTES * <u64>threads);
  reserve(Word.Digits, 8 * DIGITS * <u64>threads);
  reserve(Word.Bins, 4 * words * rows);
  reserve(Word.FurtherBins, 4 * words * furtherRows);
  reserve(Word.Order, 4 * <u64>rows);
  reserve(Word.Pairs, PAIR_BYTES * <u64>rows);
  reserve(Word.Ordered, PAIR_BYTES * <u64>rows);
  reserve(Word.Scores, 8 * <u64>rows * outputs);
  reserve(Word.FurtherScores, 8 * <u64>furtherRows * outputs);
  reserve(Word.Targets, 8 * <u64>rows);
  reserve(Word.Weights, isWeighted ? 8 * <u64>rows : 0);
  reserve(Word.Normalisers, outputs > 1 ? 8 * <u64>rows : 0);
  reserve(Word.Seen, rows);
  setWord(Word.Histograms, <u32>end);
  return <f64>end;
}

/**
 * @param bins at most 256.
 * @param direction of a numeric column: 1 where the score must not fall as it rises, -1 where it must not rise; 0: either.
 */
export function describeColumn(column: u32, bins: u32, isCategorical: bool, direction: i32): void {
  let traits: u32 = isCategorical ? Trait.Categorical : 0;
  if (direction > 0) traits |= Trait.Increasing;
  if (direction < 0) traits |= Trait.Decreasing;
  store<u32>(word(Word.ColumnTable) + (column << 3), bins | traits, 4);
}

/**
 * Lay out `count` histograms behind the rest, once the columns are described, and grow the memory to hold all of it.
 *
 * @returns whether there was enough memory.
 */
export function openHistograms(count: u32): bool {
  const padded = (word(Word.Columns) + COLUMNS_PER_WORD - 1) & ~(COLUMNS_PER_WORD - 1);
  const table: u32 = word(Word.ColumnTable);
  let bytes: u64 = 0;
  for (let column: u32 = 0; column < padded; column++) {
    const entry = table + (column << 3);
    store<u32>(entry, <u32>bytes);
    // Columns that only fill the last word up have one bin.
    bytes += max<u32>(1, load<u32>(entry, 4) & 0xffff) * BIN_BYTES;
  }
  bytes = (bytes + 127) & ~127;
  setWord(Word.HistogramBytes, <u32>bytes);
  const total = end + bytes * count;
  if (total > MOST) return false;
  const pages = <i32>((total + 0xffff) >> 16) - memory.size();
  return pages <= 0 || memory.grow(pages) != -1;
}

/**
 * What every split must keep; see `splits.ts`.
 *
 * @param isBounded values of leaves have bounds, as `total` says; also true where `l1` is above 0.
 */
export function limitSplits(leafRows: f64, categoryRows: f64, l2: f64, l1: f64, isBounded: bool): void {
  store<f64>(limitAt(Limit.LeafRows), leafRows);
  store<f64>(limitAt(Limit.CategoryRows), categoryRows);
  store<f64>(limitAt(Limit.L2), l2);
  store<f64>(limitAt(Limit.L1), l1);
  setWord(Word.IsBounded, isBounded);
}
