import type { LearnerDescriptor } from "./learner-settings.ts";

/** Predictions that a model made elsewhere, by row: nobody here can ask it for more. Only an import brings them, never a candidate. */
export const predictionsDescriptor = {
  name: "predictions",
  algorithmVersion: 1,
  description: "Imported predictions of a model that is in use, one per row.",
  settings: {},
} as const satisfies LearnerDescriptor;

/** Whether a version answers for rows that nobody has seen yet. */
export function answersNewRows(learner: string): boolean {
  return learner !== predictionsDescriptor.name;
}
