import { onnxDescriptor } from "@refit/core/runtime";
import type { LearnerPackage } from "../learner-package.ts";

/** Models that were trained elsewhere. @param folder where the runtime is looked for first. */
export function modelsFromElsewhere(folder: string): LearnerPackage {
  return {
    descriptors: [onnxDescriptor],
    async load() {
      const { onnxLearner } = await import("./onnx-learner.ts");
      return { onnx: onnxLearner(folder) };
    },
    async find() {
      const { findOnnxRuntime } = await import("./onnx-runtime.ts");
      findOnnxRuntime(folder);
    },
  };
}
