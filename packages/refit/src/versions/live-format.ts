import { FormatNewerError } from "@refit/core/errors";
import { championFolder, knownFormat, type ModelHistory } from "@refit/core/history";

/** Why nothing can be read from the live version: a newer refit wrote it. `null`: it can. */
export function liveFormatError(model: string, { champion }: ModelHistory): FormatNewerError | null {
  if (champion === null || champion.newerFormat === null) return null;
  const file = `${championFolder(model)}/lineage.json (v${champion.number})`;
  return new FormatNewerError(file, champion.newerFormat, knownFormat);
}
