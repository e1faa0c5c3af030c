import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { OnnxRuntimeMissingError } from "@refit/core/errors";

/** What is used of `onnxruntime-web`, which is not a dependency: it weighs 139 MB, and few models need it. */
export interface OnnxRuntime {
  readonly env: { logLevel?: string; readonly wasm: { numThreads?: number } };
  readonly Tensor: new (type: TensorType, values: TensorValues, shape: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: { readonly logSeverityLevel: number }): Promise<OnnxSession>;
  };
}

export type TensorType = "float32" | "float64" | "int64" | "bool" | "string";
export type TensorValues = Float32Array | Float64Array | BigInt64Array | Uint8Array | readonly string[];

export interface OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
}

export interface OnnxSession {
  readonly inputMetadata: readonly OnnxValue[];
  readonly outputMetadata: readonly OnnxValue[];
  run(inputs: Readonly<Record<string, OnnxTensor>>, outputs: readonly string[]): Promise<Record<string, OnnxTensor>>;
}

export interface OnnxValue {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/**
 * The runtime in WebAssembly, on one thread: it gives the same bits on every machine, which native code for today's processor does
 * not, and a model cannot reach beyond its own memory.
 *
 * @param folder that is asked first: the project, then where refit itself is installed.
 * @throws OnnxRuntimeMissingError
 */
export async function onnxRuntime(folder: string): Promise<OnnxRuntime> {
  for (const place of [path.join(folder, "package.json"), import.meta.url]) {
    const file = resolveFrom(place);
    if (file === null) continue;
    const loaded = (await import(pathToFileURL(file).href)) as { readonly default: OnnxRuntime };
    const runtime = loaded.default;
    runtime.env.logLevel = "error";
    runtime.env.wasm.numThreads = 1;
    return runtime;
  }
  throw new OnnxRuntimeMissingError();
}

function resolveFrom(place: string): string | null {
  try {
    return createRequire(place).resolve("onnxruntime-web/wasm");
  } catch {
    return null;
  }
}
