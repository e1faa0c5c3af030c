import { VersionUnknownError } from "@refit/core/errors";
import type { ModelHistory, ModelVersion } from "@refit/core/history";

/**
 * @param wanted `v3`, or a tree id or its first 7 digits or more; `undefined`: the champion, else the newest.
 * @throws VersionUnknownError
 */
export function findVersion(model: string, history: ModelHistory, wanted: string | undefined): ModelVersion {
  const version =
    wanted === undefined ? (history.champion ?? history.versions.at(-1)) : namedVersion(history.versions, wanted);
  if (version === undefined) throw new VersionUnknownError(model, wanted ?? "at all");
  return version;
}

function namedVersion(versions: readonly ModelVersion[], wanted: string): ModelVersion | undefined {
  if (!/^[0-9a-f]{7,}$/.test(wanted)) return versions[Number(wanted.replace(/^v/, "")) - 1];
  const found = versions.filter(({ treeId }) => treeId.startsWith(wanted));
  return found.length === 1 ? found[0] : undefined;
}
