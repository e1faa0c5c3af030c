import type { RowWeights } from "../../metrics/metric.ts";
import { randomBits } from "./random-bits.ts";

export interface BootstrapRequest {
  readonly rows: number;
  readonly replicates: number;
  readonly seed: number;
  /** [rows]: multiplied into the row counts; absent: all 1. */
  readonly weights?: Float64Array;
  /**
   * [rows]: group number of each row, from 0: rows of a group are drawn together, because they are not independent (one
   * customer, or one stretch of time). Absent: each row is drawn independently.
   */
  readonly groups?: Int32Array;
  /** The statistic of a resample. @param counts [rows]: how often each row is in it. Reused: do not keep it. */
  statistic(counts: RowWeights): number | undefined;
}

export interface BootstrapReplicates {
  /** Statistic of every resample in which it is defined, ascending. */
  readonly values: Float64Array;
  readonly undefinedCount: number;
}

/**
 * Bootstrap with Poisson(1) counts in place of drawing rows, so that data sorted once stay sorted. O(replicates × rows).
 *
 * Each resample has its own random stream: the result depends on seed and data only, not on the order of work.
 * Source: Chamandy et al. (2012), "Estimating uncertainty for massive data streams", section 3.
 */
export function poissonBootstrap(request: BootstrapRequest): BootstrapReplicates {
  const { rows, replicates, seed, weights, groups, statistic } = request;
  const counts = new Uint8Array(rows); // bytes, so that a hundred thousand rows stay in the processor's cache
  const countsOfGroups = new Uint8Array(groups ? groups.reduce((most, group) => Math.max(most, group + 1), 0) : 0);
  const weighted = weights && new Float64Array(rows);
  const values = new Float64Array(replicates);
  let defined = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawCounts(groups ? countsOfGroups : counts, randomBits(seed, replicate));
    if (groups) for (let row = 0; row < rows; row++) counts[row] = countsOfGroups[groups[row]!]!;
    if (weighted) for (let row = 0; row < rows; row++) weighted[row] = counts[row]! * weights[row]!;
    const value = statistic(weighted ?? counts);
    if (value !== undefined) values[defined++] = value;
  }
  return { values: values.slice(0, defined).sort(), undefinedCount: replicates - defined };
}

/** Poisson(1) count by 16 uniform bits: P(K ≤ k) rounded to 1/65536, so that counts above 8 do not occur. */
const countOfBits = poissonTable();

function poissonTable(): Uint8Array {
  const table = new Uint8Array(65_536);
  let probability = Math.exp(-1);
  let upTo = probability;
  let count = 0;
  for (let bits = 0; bits < table.length; bits++) {
    while (bits >= Math.round(upTo * table.length)) {
      count++;
      probability /= count;
      upTo += probability;
    }
    table[bits] = count;
  }
  return table;
}

function drawCounts(counts: Uint8Array, next: () => number): void {
  for (let row = 0; row < counts.length; row += 2) {
    const bits = next();
    counts[row] = countOfBits[bits & 0xffff]!;
    if (row + 1 < counts.length) counts[row + 1] = countOfBits[bits >>> 16]!;
  }
}
