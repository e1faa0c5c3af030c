import { commandDescriptor } from "@refit/core/runtime";
import type { LearnerPackage } from "../learner-package.ts";
import type { ProgramTools } from "./job.ts";

/** Programs of the user's. */
export function commandPrograms(tools: ProgramTools): LearnerPackage {
  return {
    descriptors: [commandDescriptor],
    async load() {
      const { commandLearner } = await import("./command-learner.ts");
      return { command: commandLearner(tools) };
    },
  };
}
