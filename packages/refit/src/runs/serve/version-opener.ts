import type { FoundFiles } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { AnsweringVersion } from "../predict/answering-version.ts";
import { openRaw } from "./raw-source.ts";
import { versionTools } from "./version-tools.ts";

type OpenerPorts = Pick<Ports, "files" | "git" | "learners" | "out" | "rowPreparers" | "scratch" | "sources">;

/** What it takes to open versions of a model besides their files. @param answeringVersion what a version says of itself, which is read once, when it is asked for */
export function versionOpener(
  ports: OpenerPorts,
  answeringVersion: (repository: Repository, treeId: string) => Promise<AnsweringVersion>,
): (repository: Repository, treeId: string) => Pick<FoundFiles, "tools" | "raw"> {
  let last: { readonly treeId: string; readonly version: Promise<AnsweringVersion> } | null = null;
  const answering = (repository: Repository, treeId: string): Promise<AnsweringVersion> => {
    if (last?.treeId === treeId) return last.version;
    const version = answeringVersion(repository, treeId);
    last = { treeId, version };
    // What failed is tried again.
    version.catch(() => (last = null));
    return version;
  };
  return (repository, treeId) => ({
    tools: async () => versionTools(ports, await answering(repository, treeId)),
    raw: {
      // Further tables are joined as the base branch has them.
      async id() {
        const { settings } = await answering(repository, treeId);
        return (settings.manifest.tables ?? []).length > 0 ? `${treeId} ${repository.baseCommit}` : treeId;
      },
      open: async () => openRaw(ports, repository, await answering(repository, treeId)),
    },
  });
}
