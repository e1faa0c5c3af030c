import type { FeatureColumn } from "@refit/core/runtime";
import { sortFloats } from "./sort-floats.ts";

/** How the values of one feature become small whole numbers, bins. */
export type ColumnShape = NumericShape | CategoricalShape;

export interface NumericShape {
  readonly kind: "numeric";
  /**
   * [size - 2], ascending. Bin 0 is missing; bin b > 0 holds the values above `edges[b - 2]`, up to and including
   * `edges[b - 1]`: with edges 10 and 20, the value 10 is in bin 1, 15 in bin 2, 21 in bin 3.
   */
  readonly edges: Float64Array;
  /** Number of bins, the missing one included; at most 256. */
  readonly size: number;
}

/** The bins are the codes of the feature matrix, as they are. */
export interface CategoricalShape {
  readonly kind: "categorical";
  readonly size: number;
}

/** Rows that are looked at to place the edges; more hardly move a 1/255 quantile. */
const EDGE_ROWS = 200_000;

/** Memory that columns use one after the other, 32 bits for each row that is looked at. */
export interface EdgeRoom {
  readonly sample: Float32Array;
  readonly sorting: Uint32Array;
}

export function edgeRoom(rows: number): EdgeRoom {
  const most = Math.min(rows, EDGE_ROWS);
  return { sample: new Float32Array(most), sorting: new Uint32Array(most) };
}

/** Numeric columns are cut at quantiles of the training rows, into at most `maxBins` (≤ 255) bins besides missing. */
export function shapeColumn(column: FeatureColumn, maxBins: number, room?: EdgeRoom): ColumnShape {
  if (column.kind === "categorical") return { kind: "categorical", size: column.levels + 2 };
  const edges = binEdges(column.values, maxBins, room);
  return { kind: "numeric", edges, size: edges.length + 2 };
}

/**
 * Edges that cut the values into at most `maxBins` groups of about equal size; one group per distinct value when
 * there are so few. Missing values (NaN) are left out. A value that fills a group alone gets a group of its own.
 *
 * Example: [1, 2, 2, 3] and `maxBins` 255 give [1.5, 2.5]. O(n log n) for at most 200,000 of the values.
 *
 * @returns [≤ maxBins - 1], ascending.
 */
export function binEdges(
  values: Float32Array,
  maxBins: number,
  room: EdgeRoom = edgeRoom(values.length),
): Float64Array {
  const sorted = sortedSample(values, room);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;

  const edges: number[] = [];
  let rowsLeft = sorted.length;
  let binsLeft = maxBins;
  let filled = 0;
  for (let from = 0, to = 0; from < sorted.length && binsLeft > 1; from = to) {
    to = endOfRun(sorted, from);
    const goal = distinct <= maxBins ? 1 : rowsLeft / binsLeft;
    // Close the group where that leaves its size nearer to the goal than taking these equal values in as well.
    if (filled > 0 && filled + (to - from) - goal > goal - filled) {
      edges.push(shortestBetween(sorted[from - 1]!, sorted[from]!));
      rowsLeft -= filled;
      binsLeft--;
      filled = 0;
    }
    filled += to - from;
  }
  return Float64Array.from(edges);
}

function sortedSample(values: Float32Array, { sample, sorting }: EdgeRoom): Float32Array {
  const stride = Math.ceil(values.length / EDGE_ROWS);
  let size = 0;
  for (let row = 0; row < values.length; row += stride) {
    const value = values[row]!;
    if (!Number.isNaN(value)) sample[size++] = value;
  }
  return sortFloats(sample.subarray(0, size), sorting.subarray(0, size));
}

function endOfRun(sorted: Float32Array, from: number): number {
  let to = from + 1;
  while (to < sorted.length && sorted[to] === sorted[from]) to++;
  return to;
}

/** The number of fewest digits t with `a <= t < b`: short model files and thresholds that people can read. */
function shortestBetween(a: number, b: number): number {
  // Infinities become something just beyond the range of 32 bit floats.
  const middle = (Math.max(a, -4e38) + Math.min(b, 4e38)) / 2;
  for (let digits = 1; digits < 17; digits++) {
    const rounded = Number(middle.toPrecision(digits));
    if (a <= rounded && rounded < b) return rounded;
  }
  return middle;
}
