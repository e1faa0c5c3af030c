import { TrainingLimitError } from "@refit/core/errors";
import type { FeatureMatrix, LabelledRows, Threads } from "@refit/core/runtime";
import { type ColumnShape, edgeRoom, shapeColumn } from "./bin-features.ts";
import { binRows } from "./bin-rows.ts";
import { type TreeConstraints, type ConstraintSettings, constraintsOf } from "./constraints.ts";
import { type HistogramPool, histogramPool } from "./histogram-pool.ts";
import { type Kernels, openKernels } from "./kernels/load.ts";
import type { SplitLimits } from "./split.ts";

export interface GrowthSettings extends SplitLimits, ConstraintSettings {
  readonly leaves: number;
  readonly learningRate: number;
}

/** The memory of one training: binned rows, and room that is used again from tree to tree. Its arrays are views. */
export interface Workbench {
  readonly columns: readonly ColumnShape[];
  readonly settings: GrowthSettings;
  readonly constraints: TreeConstraints;
  /** Leaves' values have bounds or an L1 penalty. */
  readonly isBounded: boolean;
  readonly kernels: Kernels;
  readonly pool: HistogramPool;
  /** Columns with more than one bin in use; others could only slow the search down. Ascending. */
  readonly usable: Uint32Array;
  /** [2 × training rows]: first and second derivative of the loss by the score of row 0, then of row 1, … */
  readonly pairs: Float64Array;
  /** One array [training rows] per output. */
  readonly scores: readonly Float64Array[];
  /** One array [validation rows] per output. */
  readonly furtherScores: readonly Float64Array[];
  readonly tree: TreeRoom;
  /** Threads that may work at once. */
  readonly team: number;
  /** Send the helpers away; nothing else may be asked for after that. */
  close(): void;
}

/** Where kernels find the tree that is being grown. */
export interface TreeRoom {
  /** Gradient and hessian of the leaf that is counted. */
  readonly totals: Float64Array;
  /** [training rows]: numbers of the drawn rows, so that each leaf's rows stand together, ascending. */
  readonly order: Uint32Array;
  /** [4 × columns]: columns that are counted in one pass, four places each; see `writeUnits`. */
  readonly units: Uint32Array;
  /** Of each column's search, `RESULT_NUMBERS` numbers: of the child that was counted, then of the other. */
  readonly results: Float64Array;
  /** [256 × splits]: by bin, 1 where it goes left. */
  readonly routes: Uint8Array;
  /** [4 × splits]: column, left child, right child, nothing. */
  readonly splits: Int32Array;
  /** [2 × leaves]: from (inclusive), to (exclusive) in `order`. */
  readonly leafRows: Uint32Array;
  /** [leaves]. */
  readonly leafValues: Float64Array;
}

/** Gain, gradient, hessian and rows of the left child, last bin on the left, whether missing values go left, codes as bits. */
export const RESULT_NUMBERS = 10;

/** Rows to learn from, and rows that walk along. */
export interface BenchRows {
  readonly train: LabelledRows;
  readonly further: FeatureMatrix;
  readonly outputs: number;
}

/** What the bins and histograms are bounded by. */
export interface BenchLimits {
  readonly maxBins: number;
  /** Bytes that the histograms of open leaves may take; see `HistogramPool.isFull`. */
  readonly poolBytes?: number;
  readonly threads?: Threads | undefined;
}

/** @throws TrainingLimitError where the memory does not hold the rows. */
export function workbench(rows: BenchRows, settings: GrowthSettings, limits: BenchLimits): Workbench {
  const { further, outputs } = rows;
  const { features: train, target, weights } = rows.train;
  const room = edgeRoom(train.rows);
  const columns = train.columns.map((column) => shapeColumn(column, limits.maxBins, room));
  const opened = openKernels(columns.length);
  const { kernels, memory } = opened;
  const team = teamSize(train, limits.threads);
  const { leaves, minLeafRows, minCategoryRows, l2, l1 = 0 } = settings;
  const constraints = constraintsOf(settings, train.columns);
  const isBounded = l1 > 0 || constraints.directions.some((direction) => direction !== 0);
  kernels.arrange(train.rows, further.rows, columns.length, outputs, leaves, team, weights === undefined ? 0 : 1);
  for (const [index, { kind, size }] of columns.entries()) {
    kernels.describeColumn(index, size, kind === "categorical" ? 1 : 0, constraints.directions[index]!);
  }
  kernels.limitSplits(minLeafRows, minCategoryRows, l2, l1, isBounded ? 1 : 0);
  const { open, ...pool } = histogramPool(columns, leaves, limits.poolBytes);
  if (kernels.openHistograms(pool.most) === 0) throw new TrainingLimitError("gbdt", train.rows, columns.length);
  open(kernels.histograms(), kernels.histogramBytes());

  for (let helper = 1; helper < team; helper++) limits.threads?.start(opened);
  const { buffer } = memory;
  new Float64Array(buffer, kernels.targets()).set(target);
  if (weights !== undefined) new Float64Array(buffer, kernels.weights()).set(weights);
  const block = Math.min(MOST_BLOCK_ROWS, 4 * train.rows);
  const usable = columns.flatMap((shape, index) => {
    const byteOf = (from: number, { rows: count }: FeatureMatrix) => columnByte(from, index, count);
    const binRoom = { ...opened, block };
    binRows(binRoom, further.columns[index]!, shape, byteOf(kernels.furtherBins(), further));
    return binRows(binRoom, train.columns[index]!, shape, byteOf(kernels.bins(), train)) ? [index] : [];
  });
  kernels.closeTeam(team - 1, PATIENCE_MILLISECONDS);
  const perOutput = (from: number, length: number): Float64Array[] =>
    Array.from({ length: outputs }, (_, output) => new Float64Array(buffer, from + 8 * output * length, length));
  return {
    columns,
    settings,
    constraints,
    isBounded,
    kernels,
    pool,
    usable: Uint32Array.from(usable),
    pairs: new Float64Array(buffer, kernels.pairs(), 2 * train.rows),
    scores: perOutput(kernels.scores(), train.rows),
    furtherScores: perOutput(kernels.furtherScores(), further.rows),
    team,
    close: () => kernels.dismiss(),
    tree: treeRoom(kernels, buffer, { rows: train.rows, columns: columns.length, leaves }),
  };
}

/** Numbers that are binned at once: few enough to stay in the processor's cache. */
const MOST_BLOCK_ROWS = 16_384;
/** Fewer values are counted in less time than a thread takes to start. */
const VALUES_PER_THREAD = 500_000;
/** A word of four columns is the piece of work that threads share out; its halves, at the end. */
const COLUMNS_PER_THREAD = 2;
const MOST_THREADS = 16;
const PATIENCE_MILLISECONDS = 2000;

function teamSize({ rows, columns }: FeatureMatrix, threads: Threads | undefined): number {
  const useful = Math.min((rows * columns.length) / VALUES_PER_THREAD, columns.length / COLUMNS_PER_THREAD);
  return Math.max(1, Math.min(threads?.count ?? 1, MOST_THREADS, Math.floor(useful)));
}

interface RoomSize {
  readonly rows: number;
  readonly columns: number;
  readonly leaves: number;
}

function treeRoom(kernels: Kernels, buffer: ArrayBufferLike, { rows, columns, leaves }: RoomSize): TreeRoom {
  return {
    totals: new Float64Array(buffer, kernels.totals(), 2),
    order: new Uint32Array(buffer, kernels.order(), rows),
    units: new Uint32Array(buffer, kernels.units(), 4 * columns),
    results: new Float64Array(buffer, kernels.results(), 2 * RESULT_NUMBERS * columns),
    routes: new Uint8Array(buffer, kernels.routes(), 256 * leaves),
    splits: new Int32Array(buffer, kernels.splits(), 4 * leaves),
    leafRows: new Uint32Array(buffer, kernels.leafRows(), 2 * leaves),
    leafValues: new Float64Array(buffer, kernels.leafValues(), leaves),
  };
}

/** Byte of a column's bin in row 0: four columns share a word per row. */
function columnByte(from: number, column: number, rows: number): number {
  return from + 4 * rows * Math.floor(column / 4) + (column % 4);
}
