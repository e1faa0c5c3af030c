import { installedLearners } from "../../../src/adapters/learners/index.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { runtimeFolder } from "@refit/testkit/onnx";
import { churnScene, openScene, type Scene, type SceneOptions } from "./scene.ts";

const folder = await runtimeFolder();
/** The runtime cannot be had here. */
export const skipped = folder === null;

/** The scene of the churn rows, in a project that has the runtime of ONNX. */
export async function onnxScene(options: SceneOptions = {}): Promise<Scene> {
  const { repository, now } = await churnScene(options);
  const learners = installedLearners({ env: repository.env, onLine: () => {}, folder: folder! });
  return openScene(repository, { from: now(), adapt: (real: Ports) => ({ ...real, learners }) });
}

/** A model as a file holds it. */
export const bytesOf = (model: string) => Uint8Array.from(Buffer.from(model, "base64"));

export const modelPath = "models/churn/onnx/model.onnx";

/** A candidate that was trained elsewhere. */
export const onnxCandidate = (trainedUntil: string) => ({ learner: "onnx", file: modelPath, trainedUntil });
