import { ArtifactInvalidError, refuseNewer } from "@refit/core/errors";
import { jsonReader, type ArtifactFiles, type JsonReader } from "@refit/core/runtime";

/** The one file of a tabular artifact. */
export const MODEL_FILE = "model.json";

/** The layout of the model file, raised with every change: each of its keys changes predictions, so none is passed over. */
export const FORMAT = 1;
/** The same with `link`, which only trees have, and only where they are told of it. */
export const LINK_FORMAT = 2;

/**
 * Parse the model file.
 *
 * @param newest layout that the caller reads.
 * @throws ArtifactInvalidError when it is missing or not JSON, FormatNewerError
 */
export function readModelFile(files: ArtifactFiles, newest: number = FORMAT): JsonReader {
  const bytes = files.get(MODEL_FILE);
  if (bytes === undefined) throw new ArtifactInvalidError(MODEL_FILE, "", "this file to exist");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ArtifactInvalidError(MODEL_FILE, "", "JSON text in UTF-8", { cause });
  }
  refuseNewer(MODEL_FILE, value, newest);
  return jsonReader(MODEL_FILE, value);
}
