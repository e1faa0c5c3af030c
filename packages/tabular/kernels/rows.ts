import { columnByte, LEFTS_BYTES, PAIR_BYTES, Word, word } from "./control";

/** First of `count` places that this thread works on; those of the next thread follow. Whole cache lines, as far as the leaf begins with one. */
function firstPlace(count: u32, thread: u32): u32 {
  const sharers = word(Word.Sharers);
  return thread >= sharers ? count : <u32>((<u64>count * thread) / sharers) & ~15;
}

function leftsOf(thread: u32): u32 {
  return load<u32>(word(Word.Lefts) + thread * LEFTS_BYTES);
}

/** Sort this thread's share of a leaf's rows by their side, into `Word.Ordered`: left ones from its front, right ones from its back. */
export function divideRows(thread: u32): void {
  const count = word(Word.To) - word(Word.From);
  const first = firstPlace(count, thread);
  const end = firstPlace(count, thread + 1);
  const rows: u32 = word(Word.Order) + (word(Word.From) << 2);
  const moved: u32 = word(Word.Ordered);
  const bins = word(Word.Bins) + columnByte(word(Word.Column), word(Word.Rows));
  const routes = word(Word.Routes) + (word(Word.Split) << 8);
  let left = moved + (first << 2);
  let right = moved + (end << 2);
  for (let k = first; k < end; k++) {
    const row = load<u32>(rows + (k << 2));
    const isLeft: u32 = load<u8>(routes + load<u8>(bins + (row << 2)));
    // Which way a row goes cannot be predicted, so a branch would cost more.
    right -= (1 - isLeft) << 2;
    store<u32>(select<u32>(left, right, isLeft), row);
    left += isLeft << 2;
  }
  store<u32>(word(Word.Lefts) + thread * LEFTS_BYTES, ((left - moved) >> 2) - first);
}

/** Put what this thread has divided behind that of the threads before it: left rows at the front of the leaf, both sides in their order. */
export function placeRows(thread: u32): void {
  const count = word(Word.To) - word(Word.From);
  const first = firstPlace(count, thread);
  const end = firstPlace(count, thread + 1);
  let left = word(Word.Order) + (word(Word.From) << 2);
  let right = left;
  for (let other: u32 = 0; other < word(Word.Sharers); other++) {
    const lefts = leftsOf(other);
    right += lefts << 2;
    if (other >= thread) continue;
    left += lefts << 2;
    right += (firstPlace(count, other + 1) - firstPlace(count, other) - lefts) << 2;
  }
  const moved: u32 = word(Word.Ordered) + (first << 2);
  const lefts = leftsOf(thread);
  memory.copy(left, moved, lefts << 2);
  for (let k = end - first; k > lefts; k--, right += 4) store<u32>(right, load<u32>(moved + ((k - 1) << 2)));
}

/** Put this thread's share of all training rows in order. */
export function numberRows(thread: u32): void {
  const end = firstPlace(word(Word.Rows), thread + 1);
  const order: u32 = word(Word.Order);
  for (let row = firstPlace(word(Word.Rows), thread); row < end; row++) store<u32>(order + (row << 2), row);
}

/** `ordered[k] = pairs[rows[k]]` for this thread's share of a leaf, so that all columns read the leaf's gradients in a row. */
export function gatherRows(thread: u32): void {
  const count = word(Word.To) - word(Word.From);
  const end = firstPlace(count, thread + 1);
  const rows: u32 = word(Word.Order) + (word(Word.From) << 2);
  const pairs: u32 = word(Word.Pairs);
  const ordered: u32 = word(Word.Ordered);
  for (let k = firstPlace(count, thread); k < end; k++) {
    v128.store(ordered + k * PAIR_BYTES, v128.load(pairs + load<u32>(rows + (k << 2)) * PAIR_BYTES));
  }
}
