import type { Learner } from "@refit/core/runtime";

/** Learners by name, loaded only when asked for. */
export interface Learners {
  /** Known without loading anything; `null`: no such learner here. */
  algorithmVersion(name: string): number | null;
  /** @throws LearnerMissingError */
  get(name: string): Promise<Learner>;
}
