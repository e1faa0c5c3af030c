import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { OnnxRuntimeMissingError } from "@refit/core/errors";
import type { OnnxRuntime } from "@refit/core/onnx";

/** What is used of `onnxruntime-web`, which is not a dependency: it weighs 139 MB, and few models need it. */
interface OnnxRuntimeWeb extends OnnxRuntime {
  readonly env: { logLevel?: string; readonly wasm: { numThreads?: number } };
}

/**
 * The runtime in WebAssembly, on one thread: it gives the same bits on every machine, which native code for today's processor does
 * not, and a model cannot reach beyond its own memory.
 *
 * @param folder that is asked first: the project, then where refit itself is installed.
 * @throws OnnxRuntimeMissingError
 */
export async function onnxRuntime(folder: string): Promise<OnnxRuntime> {
  const loaded = (await import(pathToFileURL(findOnnxRuntime(folder)).href)) as { readonly default: OnnxRuntimeWeb };
  const runtime = loaded.default;
  runtime.env.logLevel = "error";
  runtime.env.wasm.numThreads = 1;
  return runtime;
}

/** Its file. @throws OnnxRuntimeMissingError */
export function findOnnxRuntime(folder: string): string {
  for (const place of [path.join(folder, "package.json"), import.meta.url]) {
    const file = resolveFrom(place);
    if (file !== null) return file;
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
