import { LearnerMissingError } from "@refit/core/errors";

/** Apart from what loads a version, so that a page brings it only where it is needed. */
export function learnerMissing(learner: string): LearnerMissingError {
  const remedy = `Pass what opens it: loadVersion(read, { learners: { ${learner}: … } }).`;
  return new LearnerMissingError(learner, [], { remedy });
}
