import type * as Wasm from "@tensorflow/tfjs-backend-wasm";
import { createRequire } from "node:module";
import path from "node:path";
import { LearnerMissingError } from "@refit/core/errors";
import type { TfjsSettings } from "@refit/core/runtime";
import { loadNodeBackend } from "./node-backend.ts";
import { registerSegmentSum } from "./segment-sum.ts";
import { tf } from "./tensorflow.ts";

export type Backend = TfjsSettings["backend"];

const require = createRequire(import.meta.url);

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
  throw new LearnerMissingError("tfjs", [], {
    what: `cannot use \`backend: ${backend}\` on this machine`,
    remedy: "Set another `backend` in model.yaml: `wasm` or `cpu`.",
  });
}

const load: Readonly<Record<Backend, () => Promise<void>>> = {
  async wasm() {
    const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm") as typeof Wasm;
    setWasmPaths(path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + path.sep);
    registerSegmentSum();
  },
  cpu: () => Promise.resolve(require("@tensorflow/tfjs-backend-cpu") as void),
  node: () => loadNodeBackend(),
};
