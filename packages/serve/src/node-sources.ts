import { fromFolder } from "@refit/runtime/node";
import type { VersionSource } from "./follow.ts";
import { gitBranch, type GitBranchPlace } from "./git-branch.ts";
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

/** The version that a branch of a repository has now, such as `main`. Of several models of one branch, `gitBranch` asks git once. */
export function gitSource({ folder, ...place }: GitBranchPlace & { readonly folder: string }): VersionSource {
  return gitBranch(place).source(folder);
}
