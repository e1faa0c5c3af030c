import { CanaryMoveError } from "../errors/canary-errors.ts";
import type { RolloutFile } from "../judge/canary-change.ts";

/** What a person can ask of a canary. */
export type CanaryMove = "step" | "promote" | "stop";

/** What the base branch has after the move. */
export type MovedCanary =
  | { readonly move: "step"; readonly from: number; readonly to: number; readonly rolloutText: string }
  | { readonly move: "promote" | "stop" };

/** A canary, as the base branch has it. */
export interface MovableCanary {
  readonly model: string;
  readonly file: RolloutFile | null;
  /** Why it is not what its own `lineage.json` says; `null`: it is. */
  readonly broken: string | null;
  readonly championMoved: boolean;
}

/**
 * What a move changes. A stop is always possible; the others need a canary that is whole and was compared with what is live.
 *
 * @throws CanaryMoveError
 */
export function moveCanary(canary: MovableCanary, move: CanaryMove): MovedCanary {
  if (move === "stop") return { move };
  const { model, file, broken, championMoved } = canary;
  const stop = `Run \`refit canary ${model} --stop\`.`;
  if (championMoved)
    throw new CanaryMoveError(
      `The canary of ${model} was compared with another champion than the one that is live.`,
      `${stop} The next run compares a version with what is live.`,
    );
  if (broken !== null) throw new CanaryMoveError(`The canary of ${model} is broken: ${broken}`, stop);
  const rollout = file?.rollout ?? null;
  if (file === null || rollout === null)
    throw new CanaryMoveError(
      `rollout.yaml of ${model} ${file === null ? "is missing" : `cannot be read: ${file.problem}`}`,
      stop,
    );
  const next = nextStep(rollout);
  if (move === "step") {
    if (next === null)
      throw new CanaryMoveError(
        `The canary of ${model} is at its last step, ${rollout.percent} %.`,
        `\`refit canary ${model} --promote\` proposes it as the champion.`,
      );
    const rolloutText = file.text.replace(/^percent: .*$/m, `percent: ${next}`);
    return { move, from: rollout.percent, to: next, rolloutText };
  }
  if (next !== null)
    throw new CanaryMoveError(
      `The canary of ${model} is at ${rollout.percent} %, and its last step is ${rollout.steps.at(-1)} %.`,
      `\`refit canary ${model} --step\` proposes ${next} %. To go faster, stop it and change \`canary.steps\` in model.yaml.`,
    );
  return { move };
}

/** The share after the present one; `null`: the promotion is next. */
export function nextStep({
  steps,
  percent,
}: {
  readonly steps: readonly number[];
  readonly percent: number;
}): number | null {
  return steps[steps.indexOf(percent) + 1] ?? null;
}
