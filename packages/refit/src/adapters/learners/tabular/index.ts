import { descriptors } from "@refit/tabular/descriptors";
import type { LearnerPackage } from "../learner-package.ts";

/** Boosted trees and linear models, which come with refit. */
export const tabular: LearnerPackage = {
  descriptors,
  async load() {
    // One module for both, so that a run that trains nothing does not load Node's worker threads either.
    const { threadedLearners } = await import("./threaded.ts");
    return threadedLearners;
  },
};
