import type { Learner } from "./learner.ts";
import type { CandidateSettings } from "./learner-settings.ts";

/** What tells whether a learner looks at the validation rows. */
type Looks = Pick<Learner, "ignoresValidation">;

/** Whether the validation rows settle nothing of a candidate: neither when its training stops nor how its probabilities are corrected. */
export function settlesNothing({ ignoresValidation }: Looks, settings: CandidateSettings): boolean {
  return settings.calibration === undefined && ignoresValidation?.(settings) === true;
}

/**
 * Whether nothing is decided by the validation rows: there is one candidate, so that none is chosen, and they settle nothing of it. It is
 * then trained on them from the start, and not measured on them.
 *
 * @param learner that of the first candidate.
 */
export function decidesNothing(learner: Looks, candidates: readonly CandidateSettings[]): boolean {
  return candidates.length === 1 && settlesNothing(learner, candidates[0]!);
}
