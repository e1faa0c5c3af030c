import { importedOnnx, onnxPredictor, programsOnnx, type OnnxModel, type OnnxRuntime } from "@refit/core/onnx";
import type { ModelLoader } from "./load-version.ts";

/** What is used of `onnxruntime-web` and `onnxruntime-node`, whose types are not loaded. */
export interface OnnxRuntimeModule {
  readonly Tensor: new (...given: never[]) => object;
  readonly InferenceSession: { create(...given: never[]): Promise<object> };
}

/**
 * What opens versions whose models are in ONNX, to be passed as `learners` to `loadVersion`: those of the learner `onnx`, and those of
 * a program with `onnx` in place of `predict`.
 *
 * @param runtime the package `onnxruntime-web` or `onnxruntime-node`. Of the first, `env.wasm.numThreads = 1` makes sums in one order.
 */
export function onnxLoaders(runtime: OnnxRuntimeModule): {
  readonly onnx: ModelLoader;
  readonly command: ModelLoader;
} {
  const loader = (modelOf: (files: ReadonlyMap<string, Uint8Array>) => OnnxModel): ModelLoader => ({
    needsValues: true,
    load: async (files) => onnxPredictor(modelOf(files), async () => runtime as unknown as OnnxRuntime),
  });
  return { onnx: loader(importedOnnx), command: loader(programsOnnx) };
}
