import { LearnerDivergedError, NegativeTargetError } from "@refit/core/errors";
import type { FitRequest } from "@refit/core/runtime";
import type { GbdtSettings } from "./settings.ts";
import { progressOf } from "../progress.ts";
import { drawSorted, type Random, seededRandom } from "../random.ts";
import { addTree, growTree } from "./grow-tree.ts";
import { type Objective, objectiveOf } from "./objective.ts";
import { renewLeaves } from "./renew-leaves.ts";
import type { Tree } from "./tree.ts";
import { type Workbench, workbench } from "./workbench.ts";

/** Additive scores: what a model of no trees says, and one tree per output and round. */
export interface Ensemble {
  readonly base: readonly number[];
  /** `rounds[r][k]`: the tree of output k in round r. */
  readonly rounds: readonly (readonly Tree[])[];
  /** Scores are this of the prediction; absent: as the task's link says. */
  readonly link?: "log";
}

/**
 * Gradient boosting (Friedman 2001) with second-order leaf values (Chen & Guestrin 2016): each round grows a tree per
 * output on the loss's gradients. With early stopping, the rounds after the best validation loss are cut off.
 * O(trees × rows × columns) time, O(rows × columns) bytes for the bins.
 *
 * @throws TrainingLimitError when the memory does not hold the rows.
 * @throws NegativeTargetError where the objective is for counts.
 * @throws LearnerDivergedError when the validation loss stops being finite.
 */
export function boost(request: FitRequest<GbdtSettings>): Ensemble {
  const { task, classes, settings, train, validation, threads } = request;
  const objective = objectiveOf(task, classes, settings);
  if (objective.link === "log") refuseNegative(request);
  const base = objective.base(train);
  const rows = { train, further: validation.features, outputs: base.length };
  const bench = workbench(rows, settings, { maxBins: settings.maxBins, threads });
  try {
    const rounds = boostOn(bench, request, objective, base);
    return objective.link === undefined ? { base, rounds } : { base, rounds, link: objective.link };
  } finally {
    bench.close();
  }
}

function refuseNegative({ train, validation, program }: FitRequest<GbdtSettings>): void {
  const places = Object.entries({ training: train, validation }).flatMap(([name, { target }]) => {
    const negative = target.filter((value) => value < 0).length;
    return negative === 0 ? [] : [`${negative} of ${target.length} ${name} rows`];
  });
  if (places.length > 0) throw new NegativeTargetError(program?.target.name ?? null, places.join(" and "));
}

function boostOn(
  bench: Workbench,
  { settings, train, validation, seed, onProgress }: FitRequest<GbdtSettings>,
  objective: Objective,
  base: readonly number[],
): Tree[][] {
  const rowCount = train.features.rows;
  const random = seededRandom(seed);

  const progress = progressOf(settings.trees, onProgress);
  const { scores, furtherScores, usable } = bench;
  const drawn = bench.tree.order.subarray(0, shareOf(rowCount, settings.rowFraction));
  for (const [output, score] of base.entries()) {
    scores[output]!.fill(score);
    furtherScores[output]!.fill(score);
  }
  const lossAfter = (round: number): number => checkedLoss(objective.loss(validation, furtherScores), round);
  const isStopping = settings.earlyStoppingRounds > 0;
  let bestLoss = lossAfter(0);
  let bestRounds = 0;

  const rounds: Tree[][] = [];
  while (rounds.length < settings.trees) {
    if (base.length > 1) bench.kernels.beginRound();
    const round = base.map((_, output) => {
      bench.kernels.derive(objective.kernel, objective.shape ?? 0, output);
      if (drawn.length < rowCount) drawSorted(random, rowCount, drawn.length, drawn);
      const columns = draw(random, usable, settings.featureFraction);
      const grown = renewLeaves(bench, growTree(bench, { rows: drawn.length, columns }), objective);
      addTree(bench, grown, output);
      return grown.tree;
    });
    rounds.push(round);

    // Without early stopping only the last one tells: a score that is not finite stays so.
    const isAsked = isStopping || rounds.length === settings.trees;
    const loss = isAsked ? lossAfter(rounds.length) : bestLoss;
    if (loss < bestLoss) {
      bestLoss = loss;
      bestRounds = rounds.length;
    }
    progress(rounds.length);
    if (isStopping && rounds.length - bestRounds >= settings.earlyStoppingRounds) break;
  }
  progress(settings.trees);
  return isStopping ? rounds.slice(0, bestRounds) : rounds;
}

function draw(random: Random, columns: Uint32Array, fraction: number): Uint32Array {
  return drawSorted(random, columns.length, shareOf(columns.length, fraction)).map((index) => columns[index]!);
}

/** At least one, so that a share of nearly nothing still means something. */
function shareOf(total: number, fraction: number): number {
  return total === 0 ? 0 : Math.max(1, Math.round(total * fraction));
}

function checkedLoss(loss: number, rounds: number): number {
  if (!Number.isFinite(loss)) throw new LearnerDivergedError("gbdt", `the validation loss after ${rounds} rounds`);
  return loss;
}
