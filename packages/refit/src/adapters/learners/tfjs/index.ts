import { tfjsDescriptor } from "@refit/core/runtime";
import type { ProgramTools } from "../command/job.ts";
import type { LearnerPackage } from "../learner-package.ts";

/** Networks, by a package that people install beside refit. */
export function networks(tools: ProgramTools): LearnerPackage {
  return {
    descriptors: [tfjsDescriptor],
    async load() {
      const { tfjsLearner } = await import("./tfjs-learner.ts");
      return { tfjs: tfjsLearner(tools) };
    },
    async find() {
      const { callFile } = await import("./find-package.ts");
      callFile();
    },
  };
}
