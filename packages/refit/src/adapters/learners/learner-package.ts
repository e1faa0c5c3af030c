import type { CandidateSettings, Learner, LearnerDescriptor } from "@refit/core/runtime";

/** A package that brings learners. */
export interface LearnerPackage {
  /** Plain data, so that a run that trains nothing loads no learner. */
  readonly descriptors: readonly LearnerDescriptor[];
  /** The learners of these descriptors, by name. */
  load(): Promise<Readonly<Record<string, Learner>>>;
  /** Looks for what a candidate needs besides, without loading it; absent: nothing. @throws what `load` or `check` would */
  find?(candidate: CandidateSettings): Promise<void>;
}
