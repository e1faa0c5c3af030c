import type * as Wasm from "@tensorflow/tfjs-backend-wasm";
import { createRequire } from "node:module";
import path from "node:path";
import { LearnerMissingError } from "@refit/core/errors";
import type { TfjsSettings } from "@refit/core/runtime";
import { registerSegmentSum } from "./segment-sum.ts";
import { tf } from "./tensorflow.ts";

export type Backend = TfjsSettings["backend"];

const require = createRequire(import.meta.url);
const nodeBinding: string = "@tensorflow/tfjs-node";
const nodeVersion = "4.22.0";

/**
 * Lets all that follows compute there.
 *
 * @throws LearnerMissingError where tfjs-node is asked for and cannot be used.
 */
export async function useBackend(backend: Backend): Promise<void> {
  const name = backend === "node" ? "tensorflow" : backend;
  if (tf.getBackend() === name && tf.findBackend(name) !== null) return;
  await load[backend]();
  if (await tf.setBackend(name)) return;
  throw new LearnerMissingError(`tfjs with backend ${backend}`, [], { remedy: "Use `backend: wasm` or `cpu`." });
}

/** For what a module does when it is loaded. */
const loadModule = (name: string): unknown => require(name);

const load: Readonly<Record<Backend, () => Promise<void>>> = {
  async wasm() {
    const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm") as typeof Wasm;
    setWasmPaths(path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + path.sep);
    registerSegmentSum();
  },
  cpu: () => Promise.resolve(require("@tensorflow/tfjs-backend-cpu") as void),
  node: loadNode,
};

/** A peer that people install themselves: it is large, and its binary is not there for every platform and Node. */
async function loadNode(): Promise<void> {
  restoreNullCheck();
  try {
    loadModule(nodeBinding);
    await tf.setBackend("tensorflow");
    if (probe() !== 11) throw new Error("it multiplies wrongly");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
    throw new LearnerMissingError("tfjs with backend node", [], {
      remedy: `Install it beside refit (\`npm install ${nodeBinding}@${nodeVersion}\`, which needs its install script), or use \`backend: wasm\`. It said: ${why}`,
      cause,
    });
  }
}

/** [1 2] · [3 4] on the backend in use. */
function probe(): number {
  return tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync()[0]!);
}

/** tfjs-node 4.22.0 calls a function that Node 23 removed (tensorflow/tfjs#8609). */
function restoreNullCheck(): void {
  const util = require("node:util") as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
