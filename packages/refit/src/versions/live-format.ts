import { FormatNewerError } from "@refit/core/errors";
import { championFolder, knownFormat, type ModelHistory } from "@refit/core/history";
import type { Repository } from "../ports/repository.ts";

/** Why nothing can be read from the live version: a newer refit wrote it. `null`: it can. */
export function liveFormatError(
  repository: Repository,
  model: string,
  { champion }: ModelHistory,
): FormatNewerError | null {
  if (champion === null || champion.newerFormat === null) return null;
  const file = `${championFolder(model, repository)}/lineage.json (v${champion.number})`;
  return new FormatNewerError(file, champion.newerFormat, knownFormat);
}
