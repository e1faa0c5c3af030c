import type { ArtifactFiles } from "@refit/core/runtime";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { useBackend } from "./backend.ts";
import { backendOf, readNetwork, type StoredModel } from "./model-file.ts";
import { WEIGHTS_FILE } from "./names.ts";

type OpenNetwork = StoredModel & { readonly network: LayersModel };

/**
 * Networks that stay open between calls, the one that was asked last at the end. Nobody says when a version is no longer needed, so where
 * there are more than this the oldest are closed, and are read again if they are asked.
 */
const open = new Map<ArtifactFiles, OpenNetwork>();
const mostNetworks = 64;
const mostBytes = 256 * 1024 * 1024;

/** TensorFlow.js has one backend at a time, and what is open may be closed by another call: calls take turns. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Uses the network of these files, on its backend. The same files are read once, as long as they stay open.
 *
 * @param work does not keep the network.
 * @throws ArtifactInvalidError, FormatNewerError, LearnerMissingError
 */
export function withNetwork<T>(files: ArtifactFiles, work: (model: OpenNetwork) => T): Promise<T> {
  const turn = async () => work(await opened(files));
  const done = last.then(turn, turn);
  last = done;
  return done;
}

async function opened(files: ArtifactFiles): Promise<OpenNetwork> {
  const known = open.get(files);
  await useBackend(known?.backend ?? backendOf(files));
  const model = known ?? (await readNetwork(files));
  open.delete(files);
  open.set(files, model);
  closeOldest(files);
  return model;
}

function closeOldest(used: ArtifactFiles): void {
  let bytes = [...open.keys()].reduce((sum, files) => sum + bytesOf(files), 0);
  for (const [files, { network }] of open) {
    if ((bytes <= mostBytes && open.size <= mostNetworks) || files === used) return;
    network.dispose();
    open.delete(files);
    bytes -= bytesOf(files);
  }
}

const bytesOf = (files: ArtifactFiles) => files.get(WEIGHTS_FILE)?.byteLength ?? 0;
