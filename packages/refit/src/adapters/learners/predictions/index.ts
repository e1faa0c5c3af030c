import { predictionsDescriptor } from "@refit/core/runtime";
import type { LearnerPackage } from "../learner-package.ts";

/** Predictions that were imported. No candidate may name them. */
export const importedPredictions: LearnerPackage = {
  descriptors: [predictionsDescriptor],
  async load() {
    const { predictionsLearner } = await import("./predictions-learner.ts");
    return { predictions: predictionsLearner };
  },
};
