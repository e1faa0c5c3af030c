import { commandDescriptor, type CommandSettings, type Learner } from "@refit/core/runtime";
import type { LearnerPackage } from "../learner-package.ts";
import type { ProgramTools } from "./job.ts";

/** Programs of the user's. */
export function commandPrograms(tools: ProgramTools): LearnerPackage {
  // One for all calls: it keeps the files that it has brought to a program.
  let made: Promise<Learner<CommandSettings>> | null = null;
  return {
    descriptors: [commandDescriptor],
    async load() {
      made ??= import("./command-learner.ts").then(({ commandLearner }) => commandLearner(tools));
      return { command: await made };
    },
    async find(candidate) {
      if (!("onnx" in candidate) || candidate.onnx === undefined) return;
      const { findOnnxRuntime } = await import("../onnx/onnx-runtime.ts");
      findOnnxRuntime(tools.folder ?? process.cwd());
    },
  };
}
