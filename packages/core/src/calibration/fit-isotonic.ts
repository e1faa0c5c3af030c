import { sortedOrder } from "../statistics/resampling/sorted-order.ts";
import type { IsotonicMap } from "./calibration.ts";
import type { ClassRows } from "./class-rows.ts";

/**
 * The step function of the answer that rises and fits the labels best (least squares), by pooling adjacent violators. Rows with equal
 * answers are one. Between steps it is a straight line.
 *
 * A step of k rows that were all negative gives 1 / (k + 2), one of k positives 1 − 1 / (k + 2) (Laplace), but never more or less than
 * its neighbour: two rows that were both positive would say 1 for ever, and be infinitely wrong once. Source: Ayer et al. (1955); Zadrozny & Elkan (2002) for its use here.
 *
 * Example: answers [0.1, 0.2, 0.3, 0.4] with labels [0, 1, 0, 1] give 1/3 at 0.1, 1/2 from 0.2 to 0.3, and 2/3 at 0.4. O(rows).
 */
export function fitIsotonic(rows: ClassRows): IsotonicMap {
  const blocks = pool(rows);
  const shareOf = (block: PooledBlock | undefined) => block && block.positive / block.weight;
  const corners = blocks.flatMap(({ from, to, ...block }, i) => {
    const gives = doubted(
      { share: block.positive / block.weight, rows: block.rows },
      shareOf(blocks[i - 1]),
      shareOf(blocks[i + 1]),
    );
    return from === to ? [[from, gives] as const] : [[from, gives] as const, [to, gives] as const];
  });
  return { kind: "isotonic", at: corners.map(([at]) => at), gives: corners.map(([, gives]) => gives) };
}

/** The share of positives, where it is not certain. */
function doubted({ share, rows }: { share: number; rows: number }, before = 0.5, after = 0.5): number {
  const doubt = 1 / (rows + 2);
  if (share <= 0) return Math.min(doubt, after);
  return share >= 1 ? Math.max(1 - doubt, before) : share;
}

interface PooledBlock {
  /** Lowest and highest answer of its rows. */
  readonly from: number;
  to: number;
  rows: number;
  weight: number;
  /** Weight of its positive rows. */
  positive: number;
}

function pool({ answers, isPositive, weights }: ClassRows): readonly PooledBlock[] {
  const blocks: PooledBlock[] = [];
  for (const row of sortedOrder(answers)) {
    const answer = answers[row]!;
    const weight = weights?.[row] ?? 1;
    const positive = isPositive[row] ? weight : 0;
    const last = blocks.at(-1);
    if (last?.to === answer) absorb(last, { from: answer, to: answer, rows: 1, weight, positive });
    else {
      mergeViolators(blocks);
      blocks.push({ from: answer, to: answer, rows: 1, weight, positive });
    }
  }
  mergeViolators(blocks);
  return blocks;
}

/** Joins the last block with those before it as long as they do not rise. */
function mergeViolators(blocks: PooledBlock[]): void {
  for (let last = blocks.length - 1; last > 0; last--) {
    const [before, after] = [blocks[last - 1]!, blocks[last]!];
    if (before.positive * after.weight < after.positive * before.weight) return;
    absorb(before, after);
    blocks.pop();
  }
}

function absorb(block: PooledBlock, { to, rows, weight, positive }: PooledBlock): void {
  block.to = to;
  block.rows += rows;
  block.weight += weight;
  block.positive += positive;
}
