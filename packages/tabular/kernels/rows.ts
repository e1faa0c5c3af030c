import { columnByte, orderedOf, orderOf, Word, word } from "./control";

/**
 * Move the rows of a leaf that go left to the front, in place. Both sides keep their order.
 *
 * Each thread does it to its own copy: one copy for all would make cache lines travel.
 */
export function divideRows(thread: u32): void {
  const from = word(Word.DividedFrom);
  const count = word(Word.DividedTo) - from;
  const rows = orderOf(thread) + (from << 2);
  const moved = orderedOf(thread);
  const bins = word(Word.Bins) + columnByte(word(Word.Column), word(Word.Rows));
  const routes = word(Word.Routes) + (word(Word.Split) << 8);
  let left = rows;
  let right = moved;
  for (let k: u32 = 0; k < count; k++) {
    const row = load<u32>(rows + (k << 2));
    const isLeft: u32 = load<u8>(routes + load<u8>(bins + (row << 2)));
    // Written to both sides, kept on one: which way a row goes cannot be predicted, so a branch would cost more.
    store<u32>(left, row);
    store<u32>(right, row);
    left += isLeft << 2;
    right += (1 - isLeft) << 2;
  }
  memory.copy(left, moved, right - moved);
}

/** Take the drawn rows over from the first thread. */
export function copyRows(thread: u32): void {
  if (thread > 0) memory.copy(orderOf(thread), orderOf(0), word(Word.DrawnRows) << 2);
}
