import { descriptors } from "@refit/tabular/descriptors";
import type { LearnerPackage } from "../learner-package.ts";

/** Boosted trees and linear models, which come with refit. */
export const tabular: LearnerPackage = {
  descriptors,
  async load() {
    const [{ learners }, { machineThreads }] = await Promise.all([
      import("@refit/tabular"),
      import("./machine-threads.ts"),
    ]);
    const { gbdt } = learners;
    const fit: typeof gbdt.fit = async (request) => gbdt.fit({ ...request, threads: machineThreads });
    return {
      ...learners,
      gbdt: { ...gbdt, fit },
    };
  },
};
