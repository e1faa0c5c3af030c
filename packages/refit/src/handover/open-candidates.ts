import type { ChosenCandidates } from "../products/candidates.ts";
import { flatName, handOverFile, parseHandOver } from "@refit/core/history";
import type { Files } from "../ports/files.ts";
import { decodeText } from "../text.ts";
import { filesBelow, openFolder } from "./open-folder.ts";

/**
 * Opens what a training job wrote, whose digest was handed on beside it.
 *
 * @param digest such as `sha256:…`, as the training job printed it.
 * @throws CandidatesAlteredError, CandidatesInvalidError
 */
export async function openCandidates(files: Files, folder: string, digest: string): Promise<ChosenCandidates> {
  const entries = await files.list(folder);
  const opened = await openFolder(files, { folder, entries, index: handOverFile, digest });
  const { models } = parseHandOver(decodeText(await opened.read(handOverFile)));
  return {
    kind: "chosen",
    of: (model) => models.find((entry) => entry.model === model),
    artifact: (model, part) => filesBelow(opened, `${flatName(model)}/${part}/`),
  };
}
