import type { Learner, LearnerDescriptor } from "@refit/core/runtime";

/** Learners by name, loaded only when asked for. */
export interface Learners {
  /** Those that a candidate may name, known without loading any. */
  readonly installed: readonly LearnerDescriptor[];
  /** @throws LearnerMissingError */
  get(name: string): Promise<Learner>;
}
