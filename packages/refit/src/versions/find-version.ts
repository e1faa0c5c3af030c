import { VersionUnknownError } from "@refit/core/errors";
import type { ModelHistory, ModelVersion } from "@refit/core/history";

/**
 * @param wanted `v3`; `undefined`: the champion, else the newest.
 * @throws VersionUnknownError
 */
export function findVersion(model: string, history: ModelHistory, wanted: string | undefined): ModelVersion {
  const version =
    wanted === undefined
      ? (history.champion ?? history.versions.at(-1))
      : history.versions[Number(wanted.replace(/^v/, "")) - 1];
  if (version === undefined) throw new VersionUnknownError(model, wanted ?? "at all");
  return version;
}
