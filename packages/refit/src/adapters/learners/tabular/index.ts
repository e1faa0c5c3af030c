import { descriptors } from "@refit/tabular/descriptors";
import type { LearnerPackage } from "../learner-package.ts";

/** Boosted trees and linear models, which come with refit. */
export const tabular: LearnerPackage = {
  descriptors,
  async load() {
    const { learners } = await import("@refit/tabular");
    return learners;
  },
};
