import type { LabelledRows } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import { clearlyBelow, meanOf, rowLosses } from "./row-losses.ts";

export interface Share {
  /** Place among the answers. */
  readonly of: number;
  readonly share: number;
}

/** A further model has to lower the loss by this many standard errors of the difference: each makes answers slower and the folder larger. */
const WORTH = 0.5;

/** Shares that are tried for a further model. */
const STEPS = [0.1, 0.2, 0.3, 0.4, 0.5];

/**
 * Averages of answers, found greedily (Caruana and others, 2004, with few models and a penalty): the best alone, then again and
 * again the one that helps most.
 *
 * @param answers of each model for the same rows; at least one.
 * @param most models that may take part.
 */
export function blend(
  task: Task,
  { target, weights }: Pick<LabelledRows, "target" | "weights">,
  answers: readonly Float64Array[],
  most: number,
): Share[] {
  const scored = (mixed: Float64Array) => {
    const losses = rowLosses(task, target, mixed);
    return { mixed, losses, loss: meanOf(losses, weights) };
  };
  const alone = answers.map((each, of) => ({ ...scored(each), shares: [{ of, share: 1 }] as Share[] }));
  let best = lowest(alone);
  while (best.shares.length < most) {
    const used = new Set(best.shares.map(({ of }) => of));
    const { mixed, shares, losses } = best;
    const wider = answers.flatMap((other, of) =>
      used.has(of)
        ? []
        : STEPS.map((share) => ({
            ...scored(mixed.map((answer, i) => answer * (1 - share) + other[i]! * share)),
            shares: [...shares.map((each) => ({ ...each, share: each.share * (1 - share) })), { of, share }],
          })),
    );
    if (wider.length === 0) break;
    const next = lowest(wider);
    if (clearlyBelow(losses, next.losses, weights) < WORTH) break;
    best = next;
  }
  return rounded(best.shares);
}

function lowest<Scored extends { readonly loss: number }>(all: readonly Scored[]): Scored {
  return all.reduce((best, each) => (each.loss < best.loss ? each : best));
}

/** Hundredths that add up to 1, so that a version says what a person can read. */
function rounded(shares: readonly Share[]): Share[] {
  const others = shares.slice(1).map(({ of, share }) => ({ of, share: Math.round(100 * share) }));
  const first = 100 - others.reduce((sum, { share }) => sum + share, 0);
  return [{ of: shares[0]!.of, share: first / 100 }, ...others.map(({ of, share }) => ({ of, share: share / 100 }))];
}
