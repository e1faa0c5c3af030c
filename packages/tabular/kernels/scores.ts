import { columnByte, firstRow, isWhole, Word, word } from "./control";

/** First place from `low` on, and before `high`, that holds at least `row`. */
function placeOf(rows: u32, low: u32, high: u32, row: u32): u32 {
  while (low < high) {
    const middle = low + ((high - low) >> 1);
    if (load<u32>(rows + (middle << 2)) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Add the new tree to the scores of this thread's share of the training rows. The tree has already sorted the rows it
 * grew on into its leaves, ascending in each; only rows that were not drawn must walk down.
 */
export function addToTrained(thread: u32): void {
  const rows = word(Word.Rows);
  const first = firstRow(rows, thread);
  const end = firstRow(rows, thread + 1);
  const isAll = isWhole(word(Word.DrawnRows));
  const order: u32 = word(Word.Order);
  const scores: u32 = word(Word.Scores) + ((word(Word.Output) * rows) << 3);
  const seen: u32 = word(Word.Seen);
  if (!isAll) memory.fill(seen + first, 0, end - first);
  const leaves = word(Word.LeafCount);
  for (let leaf: u32 = 0; leaf < leaves; leaf++) {
    const value = load<f64>(word(Word.LeafValues) + (leaf << 3));
    const bounds: u32 = word(Word.LeafRows) + (leaf << 3);
    const last = load<u32>(bounds, 4);
    const from = placeOf(order, load<u32>(bounds), last, first);
    const to = placeOf(order, from, last, end);
    for (let place = from; place < to; place++) {
      const row: u32 = load<u32>(order + (place << 2));
      store<f64>(scores + (row << 3), load<f64>(scores + (row << 3)) + value);
      if (!isAll) store<u8>(seen + row, 1);
    }
  }
  if (!isAll) walk(word(Word.Bins), rows, first, end, scores, seen);
}

/** The same for the further rows, which all walk. */
export function addToFurther(thread: u32): void {
  const rows = word(Word.FurtherRows);
  const scores: u32 = word(Word.FurtherScores) + ((word(Word.Output) * rows) << 3);
  walk(word(Word.FurtherBins), rows, firstRow(rows, thread), firstRow(rows, thread + 1), scores, 0);
}

/**
 * Walk binned rows down the tree and add their leaves to the scores.
 *
 * @param bins of a table of `rows` rows, of which rows `first` to `end` - 1 walk.
 * @param seen [rows]: 1 for rows to leave out; 0: none.
 */
function walk(bins: u32, rows: u32, first: u32, end: u32, scores: u32, seen: u32): void {
  const splits: u32 = word(Word.Splits);
  const routes: u32 = word(Word.Routes);
  const count = word(Word.SplitCount);
  for (let row: u32 = first; row < end; row++) {
    if (seen != 0 && load<u8>(seen + row) == 1) continue;
    const ofRow = bins + (row << 2);
    let node: i32 = count == 0 ? -1 : 0;
    while (node >= 0) {
      const entry = splits + (node << 4);
      const bin: u32 = load<u8>(ofRow + columnByte(load<u32>(entry), rows));
      const isLeft: u32 = load<u8>(routes + (node << 8) + bin);
      node = load<i32>(entry + ((2 - isLeft) << 2));
    }
    const value = load<f64>(word(Word.LeafValues) + ((-1 - node) << 3));
    store<f64>(scores + (row << 3), load<f64>(scores + (row << 3)) + value);
  }
}
