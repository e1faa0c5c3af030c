import type { RefitError } from "@refit/core/errors";
import type { CandidateSettings, Learner, LearnerDescriptor } from "@refit/core/runtime";

/** Learners by name, loaded only when asked for. */
export interface Learners {
  /** Those that a candidate may name, known without loading any. */
  readonly installed: readonly LearnerDescriptor[];
  /** @throws LearnerMissingError */
  get(name: string): Promise<Learner>;
  /** What would keep a candidate from being trained here, as far as that shows without loading its learner; `null`: nothing. */
  missing(candidate: CandidateSettings): Promise<RefitError | null>;
}
