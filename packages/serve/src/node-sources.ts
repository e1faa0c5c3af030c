import { fromFolder, fromGit, type GitFolder } from "@refit/runtime/node";
import type { VersionSource } from "./follow.ts";
import { versionByLineage } from "./url-source.ts";

/** The version in a folder of this machine, whatever writes it there and how: one that is only half there is not taken. */
export function folderSource(folder: string): VersionSource {
  const read = fromFolder(folder);
  return async () => {
    const lineage = await read("lineage.json");
    if (lineage === null || lineage === undefined) throw new Error(`${folder} has no lineage.json.`);
    return versionByLineage(lineage, read);
  };
}

/** The version that a branch of a repository has now, such as `main`; git must be installed. Whoever fetches decides when it changes. */
export function gitSource(place: GitFolder): VersionSource {
  return async () => {
    const { read, treeId } = await fromGit(place).catch((error: unknown) => {
      throw new Error(`Git has no ${place.revision ?? "HEAD"}:${place.folder}: ${saidBy(error)}`, { cause: error });
    });
    return { id: treeId, treeId, read };
  };
}

/** What git has said last. */
function saidBy(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: Buffer; readonly message: string };
  return (stderr?.toString().trim().split("\n").at(-1) ?? "") || message;
}
