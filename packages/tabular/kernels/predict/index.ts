// What prediction calls, in a module and a memory of its own: it needs no shared memory, which not every page of a browser has.

/** Bytes of a node in front of its column and children; all layouts stand in `src/gbdt/forest.ts`. */
const COLUMN: u32 = 4;
const RIGHT: u32 = 12;
const MISSING_LEFT: u32 = 1;
const CATEGORICAL: u32 = 2;

/**
 * Add each row's leaf of each tree to its score, tree after tree, so that the sums are those of a walk row by row.
 *
 * Eight rows walk in step, without a branch on which way a row goes, since nobody can predict it; while one row waits for the memory,
 * the others go on.
 *
 * @param trees [count × 2]: root and first leaf of each.
 * @param values what the leaf of node 0 adds; that of a node 16 bytes on stands 8 bytes on.
 * @param block [rows × stride bytes]: 32-bit floats; codes of categorical columns as whole numbers.
 * @param scores [rows], 64-bit floats.
 * @param rows a multiple of eight.
 */
export function addNumeric(trees: u32, count: u32, values: u32, block: u32, stride: u32, scores: u32, rows: u32): void {
  add<f32>(trees, count, values, block, stride, scores, rows);
}

/** The same for trees that look at categorical columns. */
export function addMixed(trees: u32, count: u32, values: u32, block: u32, stride: u32, scores: u32, rows: u32): void {
  add<u32>(trees, count, values, block, stride, scores, rows);
}

/** `Cell` is `u32` where a cell may be a code, so that it is compiled twice: once without a look for codes. */
function add<Cell>(trees: u32, count: u32, values: u32, block: u32, stride: u32, scores: u32, rows: u32): void {
  const end = scores + (rows << 3);
  for (let tree: u32 = 0; tree < count; tree++) {
    const root = load<u32>(trees + (tree << 3));
    const leaves = load<u32>(trees + (tree << 3), 4);
    let row0 = block;
    for (let at = scores; at < end; at += 64) {
      const row1 = row0 + stride;
      const row2 = row1 + stride;
      const row3 = row2 + stride;
      const row4 = row3 + stride;
      const row5 = row4 + stride;
      const row6 = row5 + stride;
      const row7 = row6 + stride;
      let a = root;
      let b = root;
      let c = root;
      let d = root;
      let e = root;
      let f = root;
      let g = root;
      let h = root;
      // The highest bit says that one of them is not at a leaf yet.
      while (
        <i32>(
          ((a - leaves) |
            (b - leaves) |
            (c - leaves) |
            (d - leaves) |
            (e - leaves) |
            (f - leaves) |
            (g - leaves) |
            (h - leaves))
        ) < 0
      ) {
        a = next<Cell>(a, row0);
        b = next<Cell>(b, row1);
        c = next<Cell>(c, row2);
        d = next<Cell>(d, row3);
        e = next<Cell>(e, row4);
        f = next<Cell>(f, row5);
        g = next<Cell>(g, row6);
        h = next<Cell>(h, row7);
      }
      addValue(at, values + (a >> 1));
      addValue(at + 8, values + (b >> 1));
      addValue(at + 16, values + (c >> 1));
      addValue(at + 24, values + (d >> 1));
      addValue(at + 32, values + (e >> 1));
      addValue(at + 40, values + (f >> 1));
      addValue(at + 48, values + (g >> 1));
      addValue(at + 56, values + (h >> 1));
      row0 = row7 + stride;
    }
  }
}

/** The child that a row goes to. */
function next<Cell>(node: u32, row: u32): u32 {
  const column = load<u32>(node, COLUMN);
  const at = row + (column & ~3);
  const value = load<f32>(at);
  let isLeft = u32(value <= load<f32>(node)) | (u32(value != value) & column & MISSING_LEFT);
  if (isInteger<Cell>()) {
    const isCategorical = (column & CATEGORICAL) != 0;
    const code = select<u32>(load<u32>(node) + (load<u32>(at) & 0xff), 0, isCategorical);
    isLeft = select<u32>(load<u8>(code), isLeft, isCategorical);
  }
  return load<u32>(node + RIGHT - (isLeft << 2));
}

function addValue(score: u32, value: u32): void {
  store<f64>(score, load<f64>(score) + load<f64>(value));
}
