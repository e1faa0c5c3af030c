import { type ModelAnswers, pickRows, type RelianceFacts, relianceOf } from "@refit/core/judge";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Challenger } from "../products/training.ts";
import { shuffledAnswers } from "./challenger-answers.ts";
import { drawnTogether } from "./drawn-together.ts";
import { featuresByInput } from "./features-by-input.ts";
import { modelAnswers } from "./model-answers.ts";
import { loadChallenger } from "./scored-version.ts";

/** An interval for reading needs no more. */
const REPLICATES = 500;

export interface RelianceInput {
  readonly context: Pick<Context, "spec">;
  readonly prepared: Pick<
    Prepared,
    "featureSpec" | "labels" | "part" | "read" | "split" | "table" | "target" | "weights"
  >;
  readonly challenger: Pick<Challenger, "artifact" | "settings">;
}

/**
 * What the challenger relies on, of the inputs whose values move its answers most when they are shuffled among rows that it has
 * not seen. For the report only: nothing of it is stored in the version or decides anything.
 */
export async function measureReliance(
  ports: Pick<Ports, "learners">,
  { context, prepared, challenger }: RelianceInput,
): Promise<RelianceFacts> {
  const { spec } = context;
  const { featureSpec, labels, weights, table, target } = prepared;
  const { predictor } = await loadChallenger(ports, prepared, challenger);
  const model = { artifact: challenger.artifact, predictor };
  const { rows, answers, moved } = await shuffledAnswers(model, prepared, spec.seed);
  const measured = (predictions: Float64Array): Promise<ModelAnswers> =>
    modelAnswers({ spec, table }, target, rows, predictions);
  const shuffled = new Map<string, ModelAnswers>();
  for (const [input, predictions] of moved) shuffled.set(input, await measured(predictions));
  const { clusters } = await drawnTogether(context, prepared, rows);
  return {
    rows: rows.length,
    inputs: featuresByInput(featureSpec).size,
    columns: relianceOf({
      task: spec.task,
      classes: target.classes?.length ?? 0,
      target: pickRows(labels, rows),
      answers: await measured(answers),
      shuffled,
      groups: clusters?.groups ?? null,
      weights: weights && pickRows(weights, rows),
      settings: spec.metrics,
      primary: spec.metrics.primary,
      seed: spec.seed,
      replicates: REPLICATES,
    }),
  };
}
