import { everyNth } from "@refit/core/judge";
import { settlesNothing, type CandidateSettings } from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";

/** Validation rows that show whether a training still makes sense which nothing stops early. */
const MOST_WATCHED = 2000;

/**
 * The validation rows that a training is given: where they settle nothing, a few of them, since they change no byte of the model, and a
 * learner may look at them after every step.
 *
 * @param settings of a candidate, or settled.
 */
export async function validationFor(
  { learners }: Pick<Ports, "learners">,
  settings: CandidateSettings,
  rows: Uint32Array,
): Promise<Uint32Array> {
  return settlesNothing(await learners.get(settings.learner), settings) ? everyNth(rows, MOST_WATCHED) : rows;
}
