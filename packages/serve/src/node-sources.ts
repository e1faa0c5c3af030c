import { fromFolder } from "@refit/runtime/node";
import { canaryOfFiles, canaryPlace } from "./canary-place.ts";
import type { VersionSource } from "./follow.ts";
import { versionByLineage } from "./followed-version.ts";
import { gitBranch, type GitBranchPlace } from "./git-branch.ts";

/** The version in a folder of this machine, whatever writes it there and how: one that is only half there is not taken. A canary stands beside a folder called `champion`. */
export function folderSource(folder: string): VersionSource {
  const read = fromFolder(folder);
  const beside = canaryPlace(folder.replace(/[/\\]+$/, ""));
  return async () => {
    const lineage = await read("lineage.json");
    if (lineage === null || lineage === undefined) throw new Error(`${folder} has no lineage.json.`);
    const canary = beside && (await canaryOfFiles(fromFolder(beside.folder)));
    return { ...versionByLineage(lineage, read), canary };
  };
}

/** The version that a branch of a repository has now, such as `main`. Of several models of one branch, `gitBranch` asks git once. */
export function gitSource({ folder, ...place }: GitBranchPlace & { readonly folder: string }): VersionSource {
  return gitBranch(place).source(folder);
}
