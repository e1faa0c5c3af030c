import { pathToFileURL } from "node:url";
import type { ArtifactFiles, Learner, Predictor } from "@refit/core/runtime";
import { mainFile } from "./find-package.ts";

/** TensorFlow.js has one backend at a time, which networks in this process share. */
let last: Promise<unknown> = Promise.resolve();

/** @throws LearnerMissingError, ArtifactInvalidError */
export async function serveNetwork(files: ArtifactFiles): Promise<Predictor> {
  const { tfjs } = (await import(pathToFileURL(mainFile()).href)) as { readonly tfjs: Learner };
  const predictor = await inTurn(async () => tfjs.load(files));
  return { predict: (features) => inTurn(async () => predictor.predict(features)) };
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work);
  last = turn;
  return turn;
}
