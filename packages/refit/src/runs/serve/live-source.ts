import { FormatNewerError, VersionBrokenError, VersionUnknownError } from "@refit/core/errors";
import { championFolder, knownFormat } from "@refit/core/history";
import type { FollowedSource, FoundFiles } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import { readModelHistory } from "../../versions/model-history.ts";

/** Says which version of a model is live on the base branch, each time it is asked; of a damaged folder the last valid one. */
export function liveSource(ports: Pick<Ports, "files" | "git">, name: string): FollowedSource {
  return { name, find: () => liveVersion(ports, name) };
}

/** @throws VersionUnknownError, VersionBrokenError, FormatNewerError */
async function liveVersion(ports: Pick<Ports, "files" | "git">, model: string): Promise<FoundFiles> {
  const repository = await ports.git.locate();
  const { history } = await readModelHistory(ports, repository, model);
  const { champion, state } = history;
  if (champion === null) throw new VersionUnknownError(model, "that is live");
  const { number, treeId, newerFormat, broken } = champion;
  if (newerFormat !== null) {
    throw new FormatNewerError(`${championFolder(model)}/lineage.json (v${number})`, newerFormat, knownFormat);
  }
  if (broken !== null) throw new VersionBrokenError(model, number, broken);
  const blobs = new Map((await ports.git.list(treeId)).map(({ path, id }) => [path, id]));
  return {
    id: treeId,
    treeId,
    version: `v${number}`,
    stale:
      state === "broken" ? `The folder on ${repository.baseBranch} is damaged; the last valid version answers.` : null,
    async read(path) {
      const id = blobs.get(path);
      return id === undefined ? null : (await ports.git.read([id]))[0]!;
    },
  };
}
