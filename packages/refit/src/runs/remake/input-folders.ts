import { posix } from "node:path";
import { codeOf, fileColumnsOf, globRoot, schemeOf, viewFile } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";

/** Ids, at a commit, of the folders that inputs can be in: most commits change none of them. */
export async function inputFolders(
  { git }: Pick<Ports, "git">,
  { spec, manifest }: Pick<Context, "spec" | "manifest">,
  commit: string,
): Promise<string> {
  const { sources, tables = [], views = [] } = manifest;
  const all = [sources, ...tables.map((table) => table.sources)].flat();
  const inGit = all.filter(({ path }) => ["", "dvc"].includes(schemeOf(path)));
  const written = ["data-manifests", ...views.map(viewFile), ...spec.candidates.flatMap(codeOf)];
  // A file that a row names may lie anywhere.
  const anywhere = fileColumnsOf(manifest).length > 0 ? [""] : [];
  const folders = [...written, ...anywhere, ...inGit.map(({ path }) => folderOf(path))];
  return (await Promise.all(folders.map((folder) => git.resolve(`${commit}:${folder}`)))).join(" ");
}

function folderOf(source: string): string {
  const root = globRoot(source);
  const folder = root === source ? posix.dirname(root) : root;
  return folder === "." ? "" : folder;
}
