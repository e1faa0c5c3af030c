import type { Learner, LearnerDescriptor } from "@refit/core/runtime";

/** A package that brings learners. */
export interface LearnerPackage {
  /** Plain data, so that a run that trains nothing loads no learner. */
  readonly descriptors: readonly LearnerDescriptor[];
  /** The learners of these descriptors, by name. */
  load(): Promise<Readonly<Record<string, Learner>>>;
}
