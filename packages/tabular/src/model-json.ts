import { type ArtifactFiles, type JsonCheck, readJson } from "@refit/core/runtime";

/** The one file of a tabular artifact. */
export const MODEL_FILE = "model.json";

/** The layout of the model file, raised with every change: each of its keys changes predictions, so none is passed over. */
export const FORMAT = 1;
/** The same with `link`, which only trees have, and only where they are told of it. */
export const LINK_FORMAT = 2;

/**
 * Reads the model file.
 *
 * @param newest layout that the caller reads.
 * @throws ArtifactInvalidError when it is missing, not JSON or not as `check` has it, FormatNewerError
 */
export function readModelFile(files: ArtifactFiles, check: JsonCheck, newest: number = FORMAT): unknown {
  return readJson(MODEL_FILE, files.get(MODEL_FILE), newest, check);
}
