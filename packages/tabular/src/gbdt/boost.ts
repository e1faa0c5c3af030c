import { LearnerDivergedError } from "@refit/core/errors";
import type { FitRequest } from "@refit/core/runtime";
import type { GbdtSettings } from "./settings.ts";
import { progressOf } from "../progress.ts";
import { drawSorted, seededRandom } from "../random.ts";
import { binAlike, type BinnedColumn, binFeatures } from "./bin-features.ts";
import { type GrownTree, growTree } from "./grow-tree.ts";
import { workbench } from "./leaf.ts";
import { objectiveOf } from "./objective.ts";
import type { Tree } from "./tree.ts";

/** Additive scores: what a model of no trees says, and one tree per output and round. */
export interface Ensemble {
  readonly base: readonly number[];
  /** `rounds[r][k]`: the tree of output k in round r. */
  readonly rounds: readonly (readonly Tree[])[];
}

/**
 * Gradient boosting (Friedman 2001) with second-order leaf values (Chen & Guestrin 2016): each round grows a tree per
 * output on the loss's gradients. With early stopping, the rounds after the best validation loss are cut off.
 * O(trees × rows × columns) time, O(rows × columns) bytes for the bins.
 *
 * @throws LearnerDivergedError when the validation loss stops being finite.
 */
export function boost(request: FitRequest<GbdtSettings>): Ensemble {
  const { task, classes, settings, train, validation, onProgress } = request;
  const columns = binFeatures(train.features, settings.maxBins);
  const validationColumns = binAlike(validation.features, columns);
  const rowCount = train.features.rows;
  const objective = objectiveOf(task, classes, rowCount);
  const bench = workbench(columns, rowCount, settings);
  const random = seededRandom(request.seed);
  const derivatives = { gradients: new Float64Array(rowCount), hessians: new Float64Array(rowCount) };
  const usable = Uint32Array.from(columns.keys()).filter((index) => varies(columns[index]!));

  const progress = progressOf(settings.trees, onProgress);
  const base = objective.base(train);
  const scores = base.map((score) => new Float64Array(rowCount).fill(score));
  const validationScores = base.map((score) => new Float64Array(validation.features.rows).fill(score));
  const lossAfter = (round: number): number => checkedLoss(objective.loss(validation, validationScores), round);
  let bestLoss = lossAfter(0);
  let bestRounds = 0;

  const rounds: Tree[][] = [];
  while (rounds.length < settings.trees) {
    objective.beginRound(scores);
    const round = scores.map((ofOutput, output) => {
      objective.derive(train, output, ofOutput, derivatives);
      const rows = drawSorted(random, rowCount, shareOf(rowCount, settings.rowFraction));
      const drawn = drawSorted(random, usable.length, shareOf(usable.length, settings.featureFraction));
      const grown = growTree(bench, { rows, columns: drawn.map((index) => usable[index]!), ...derivatives });
      addToTrained(grown, rows, columns, ofOutput);
      addToOthers(grown, validationColumns, validationScores[output]!);
      return grown.tree;
    });
    rounds.push(round);

    const loss = lossAfter(rounds.length);
    if (loss < bestLoss) {
      bestLoss = loss;
      bestRounds = rounds.length;
    }
    progress(rounds.length);
    if (settings.earlyStoppingRounds > 0 && rounds.length - bestRounds >= settings.earlyStoppingRounds) break;
  }
  progress(settings.trees);
  return { base, rounds: settings.earlyStoppingRounds > 0 ? rounds.slice(0, bestRounds) : rounds };
}

/** At least one, so that a share of nearly nothing still means something. */
function shareOf(total: number, fraction: number): number {
  return total === 0 ? 0 : Math.max(1, Math.round(total * fraction));
}

/** A column with one bin could only slow the search down. */
function varies({ bins }: BinnedColumn): boolean {
  return bins.some((bin) => bin !== bins[0]);
}

function checkedLoss(loss: number, rounds: number): number {
  if (!Number.isFinite(loss)) throw new LearnerDivergedError("gbdt", `the validation loss after ${rounds} rounds`);
  return loss;
}

/**
 * Add the tree to the scores of all training rows. It has already sorted the rows it grew on into its leaves; only rows
 * that were not drawn must walk down.
 *
 * @param rows [drawn rows], in the order that the tree left them in.
 * @param scores [training rows].
 */
function addToTrained(
  grown: GrownTree,
  rows: Uint32Array,
  columns: readonly BinnedColumn[],
  scores: Float64Array,
): void {
  const seen = rows.length === scores.length ? null : new Uint8Array(scores.length);
  for (const [leaf, [from, to]] of grown.leafRows.entries()) {
    const value = grown.tree.leaf[leaf]!;
    for (let i = from; i < to; i++) {
      scores[rows[i]!]! += value;
      if (seen !== null) seen[rows[i]!] = 1;
    }
  }
  if (seen !== null) addToOthers(grown, columns, scores, seen);
}

/**
 * Walk binned rows down the tree and add their leaves to `scores`. O(rows × depth).
 *
 * @param scores [rows of `columns`].
 * @param skip [rows]: 1 for rows to leave out.
 */
function addToOthers(
  { tree, goesLeft }: GrownTree,
  columns: readonly BinnedColumn[],
  scores: Float64Array,
  skip?: Uint8Array,
): void {
  const root = tree.column.length === 0 ? -1 : 0;
  for (let row = 0; row < scores.length; row++) {
    if (skip !== undefined && skip[row] === 1) continue;
    let node = root;
    while (node >= 0) {
      const bin = columns[tree.column[node]!]!.bins[row]!;
      node = goesLeft[node]![bin] === 1 ? tree.left[node]! : tree.right[node]!;
    }
    scores[row]! += tree.leaf[-1 - node]!;
  }
}
