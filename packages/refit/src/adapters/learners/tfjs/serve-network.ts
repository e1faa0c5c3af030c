import { pathToFileURL } from "node:url";
import type { ArtifactFiles, Learner, Predictor } from "@refit/core/runtime";
import { mainFile } from "./find-package.ts";

/** Opened once, and answered in this process. @throws LearnerMissingError, ArtifactInvalidError */
export async function serveNetwork(files: ArtifactFiles): Promise<Predictor> {
  const { tfjs } = (await import(pathToFileURL(mainFile()).href)) as { readonly tfjs: Learner };
  return tfjs.load(files);
}
