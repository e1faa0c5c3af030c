import {
  meanMove,
  type ModelAnswers,
  type RelianceFacts,
  relianceOf,
  type Shuffling,
  visitShuffled,
} from "@refit/core/judge";
import type { FeatureMatrix, Predictor } from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Challenger } from "../products/training.ts";
import { drawnTogether } from "./drawn-together.ts";
import { featuresByInput } from "./model-traits.ts";
import { modelAnswers } from "./model-answers.ts";
import { loadChallenger } from "./scored-version.ts";

/** Holdout rows that are asked again for each input. */
const MOST_ROWS = 1000;
/** Inputs that are told. */
const MOST_INPUTS = 10;
/** An interval for reading needs no more. */
const REPLICATES = 500;

export interface RelianceInput {
  readonly context: Pick<Context, "spec">;
  readonly prepared: Pick<Prepared, "featureSpec" | "part" | "read" | "split" | "table" | "target">;
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
  const { featureSpec, split, table, target } = prepared;
  const stride = Math.max(1, Math.ceil(split.holdout.length / MOST_ROWS));
  const rows = split.holdout.filter((_, place) => place % stride === 0);
  const part = await prepared.part(rows);
  const { predictor } = await loadChallenger(ports, prepared, challenger);
  const groups = featuresByInput(featureSpec);
  const { answers, moved } = await movedMost(predictor, part.features, { groups, seed: spec.seed });
  const measured = (predictions: Float64Array): Promise<ModelAnswers> =>
    modelAnswers({ spec, table }, target, rows, predictions);
  const shuffled = new Map<string, ModelAnswers>();
  for (const [input, predictions] of moved) shuffled.set(input, await measured(predictions));
  const { clusters } = await drawnTogether(context, prepared, rows);
  return {
    rows: rows.length,
    inputs: groups.size,
    columns: relianceOf({
      task: spec.task,
      classes: target.classes?.length ?? 0,
      target: part.target,
      answers: await measured(answers),
      shuffled,
      groups: clusters?.groups ?? null,
      weights: part.weights ?? null,
      settings: spec.metrics,
      primary: spec.metrics.primary,
      seed: spec.seed,
      replicates: REPLICATES,
    }),
  };
}

/** The answers to the rows as they are, and of the inputs that move them most those to the shuffled ones. */
async function movedMost(
  predictor: Predictor,
  features: FeatureMatrix,
  shuffling: Shuffling,
): Promise<{ readonly answers: Float64Array; readonly moved: ReadonlyMap<string, Float64Array> }> {
  let most: { readonly input: string; readonly moved: Float64Array; readonly move: number }[] = [];
  const answers = await visitShuffled(predictor, features, shuffling, (input, asTheyAre, shuffled) => {
    const move = meanMove(asTheyAre, shuffled);
    if (move === 0 || (most.length === MOST_INPUTS && move <= most.at(-1)!.move)) return;
    most = [...most, { input, moved: shuffled.slice(), move }]
      .toSorted((a, b) => b.move - a.move)
      .slice(0, MOST_INPUTS);
  });
  return { answers, moved: new Map(most.map(({ input, moved }) => [input, moved])) };
}
