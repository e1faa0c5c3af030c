import { canonicalJson } from "./canonical-json.ts";
import type { InputDigests, Sha256 } from "./input-digest.ts";

/**
 * The digests of a version that was imported: what it is made from is the file, besides the rows that it was scored on. So the settings of
 * `model.yaml` are others, and its candidates are trained and compared with it by the next run.
 *
 * @param file sha256 of the imported file.
 */
export function importDigests(digests: InputDigests, file: string, sha256: Sha256): InputDigests {
  const { settings, input } = digests;
  return {
    ...digests,
    settings: sha256(canonicalJson({ imported: file, settings })),
    input: sha256(canonicalJson({ imported: file, input })),
  };
}
