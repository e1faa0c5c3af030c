/**
 * The first page of the memory: what every thread reads to know its task, and where everything lies. All of it is
 * zero at first. Addresses are bytes from the start of the memory.
 */

/** Where four numbers of bytes 0–255 meet: columns whose bins share one word per row. */
export const COLUMNS_PER_WORD: u32 = 4;
/** Bytes of one bin of a histogram: gradient sum, hessian sum and row count, 64-bit floats. */
export const BIN_BYTES: u32 = 24;
/** Bytes of a row's gradient and hessian, 64-bit floats. */
export const PAIR_BYTES: u32 = 16;
/** Bytes of what a search for the best split of one column leaves; see `splits.ts`. */
export const RESULT_BYTES: u32 = 80;

/** Bytes of `Word.Lefts` for each thread: a cache line of its own. */
export const LEFTS_BYTES: u32 = 64;
/** Values of the 11 bits that a pass of a selection looks at; see `renew.ts`. */
export const DIGITS: u32 = 2048;

/** Next piece of the present task that no thread has taken. */
export const NEXT: u32 = 0x40;

const WORDS: u32 = 0x200;
const NUMBERS: u32 = 0x400;

export const enum Word {
  /** First byte that is not in use. */
  End,
  Rows,
  FurtherRows,
  Columns,
  Outputs,
  Threads,
  /** [columns], 8 bytes each: first byte of the column within a histogram, then bins and `Trait`s. */
  ColumnTable,
  /** [units × 4]: columns that are counted together, all of one word; `NO_COLUMN` where there are fewer. */
  Units,
  UnitCount,
  /** [2 × columns], `RESULT_BYTES` each: for the child that was counted, then for the other. */
  Results,
  /** [splits × 256]: per split and bin, 1 where it goes left. */
  Routes,
  /** [splits × 4]: column, child left, child right, nothing; children as in `src/gbdt/tree.ts`. */
  Splits,
  /** [leaves × 2]: first and last + 1 of its places among the rows. */
  LeafRows,
  /** [leaves], 64-bit floats. */
  LeafValues,
  SplitCount,
  LeafCount,
  /** [words of columns × rows]: bins of the training rows, then of the further ones. */
  Bins,
  FurtherBins,
  /** [rows]: numbers of the drawn rows, in the order of the tree's leaves. */
  Order,
  /** [rows]: gradient and hessian of each training row. */
  Pairs,
  /** [rows]: those of one leaf's rows, in their order; before that, numbers of the rows that move while it is divided. */
  Ordered,
  /** [threads], 64 bytes each: how many of the rows that a thread has divided go left. */
  Lefts,
  /** [outputs × rows], 64-bit floats. */
  Scores,
  FurtherScores,
  /** [rows], 64-bit floats: what is learned; weights, where rows have any; see `derive.ts`. */
  Targets,
  Weights,
  Normalisers,
  Loss,
  IsWeighted,
  /** 1: `Limit.L1` is above 0, or values of leaves have bounds; see `bounded.ts`. */
  IsBounded,
  /** [rows], bytes: 1 for rows that have their leaf's value. */
  Seen,
  /** [threads × 257 × 40]: groups of categories. */
  Groups,
  /** [threads × 2048], 64-bit floats: weights by digit; see `renew.ts`. */
  Digits,
  Histograms,
  HistogramBytes,
  DrawnRows,
  // Of the present task.
  /** Threads that share the rows of a leaf out. */
  Sharers,
  From,
  To,
  Column,
  Split,
  Into,
  Minus,
  Searched,
  Output,
}

export const enum Limit {
  LeafRows,
  CategoryRows,
  L2,
  L1,
  /** What the loss is shaped by; see `derive.ts`. */
  LossShape,
  Quantile,
  // Of the child that is counted, then of the other: sums of gradients and hessians over its rows, their number, and between what
  // its value must lie.
  Counted,
  Other = Limit.Counted + 5,
}

/** Bits beside the number of a column's bins. */
export const enum Trait {
  Categorical = 0x1_0000,
  /** A larger value never lowers the score. */
  Increasing = 0x2_0000,
  /** A larger value never raises it. */
  Decreasing = 0x4_0000,
}

/** In a unit: no column. */
export const NO_COLUMN: u32 = 0xffff_ffff;

export function word(name: Word): u32 {
  return load<u32>(WORDS + ((<u32>name) << 2));
}

export function setWord(name: Word, value: u32): void {
  store<u32>(WORDS + ((<u32>name) << 2), value);
}

/** Address of a number that bounds splits. */
export function limitAt(name: Limit): u32 {
  return NUMBERS + ((<u32>name) << 3);
}

export function limit(name: Limit): f64 {
  return load<f64>(limitAt(name));
}

/** So many rows of a leaf are all training rows, in their order. */
export function isWhole(count: u32): bool {
  return count == word(Word.Rows);
}

/** First of the rows that this thread works on where a task is divided by rows; those of the next thread follow. */
export function firstRow(rows: u32, thread: u32): u32 {
  const threads = word(Word.Threads);
  return thread == threads ? rows : <u32>((<u64>rows * thread) / threads) & ~63;
}

/** Byte of a column in the word of row 0, in a table of `rows` rows. */
export function columnByte(column: u32, rows: u32): u32 {
  return (((column / COLUMNS_PER_WORD) * rows) << 2) + (column % COLUMNS_PER_WORD);
}
