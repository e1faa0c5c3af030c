import { readdir } from "node:fs/promises";
import path from "node:path";
import { globRoot } from "./adapters/sources/glob.ts";
import type { Ports } from "./ports.ts";
import type { Repository } from "./products/repository.ts";
import { readSpecs } from "./rooms/read.ts";

/**
 * Everything in the work tree that a run of these models looked at: while all of it looks the same, and git's refs do,
 * the run would end the same. `null`: one of them also asks what time it is.
 */
export async function watchedPaths(
  ports: Ports,
  repository: Repository,
  models: readonly string[],
): Promise<string[] | null> {
  const paths = new Set([".gitignore", ".gitattributes"]);
  for (const model of models) {
    const { spec, manifest } = await readSpecs(ports, repository, { model, dryRun: false });
    if (manifest.checks.maxAgeDays !== undefined) return null;
    paths.add(`models/${model}/model.yaml`).add(`data-manifests/${spec.data}.yaml`);
    for (const source of manifest.sources) {
      for (const file of await pathsOfSource(repository, source.path)) paths.add(file);
    }
  }
  return [...paths].map((file) => path.join(repository.root, file));
}

/** The folder that a pattern looks in, with all below it: a new file changes its folder. */
async function pathsOfSource({ root }: Repository, pattern: string): Promise<string[]> {
  const folder = globRoot(pattern);
  if (folder === pattern) return [pattern];
  const recursive = pattern.slice(folder.length).split("/").length > 2 || pattern.includes("**");
  const entries = await readdir(path.join(root, folder), { withFileTypes: true, recursive });
  const files = entries.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  return [folder, ...files.filter((file) => !file.startsWith(`.git${path.sep}`))];
}
