import { readdir } from "node:fs/promises";
import path from "node:path";
import { globRoot, type DataManifest } from "@refit/core/spec";
import type { Repository } from "../../../ports/repository.ts";
import { isDeep } from "./last-change.ts";

/** Absolute paths of the files and folders that the sources of a manifest name or look in. */
export async function watchedSources({ root }: Repository, { sources }: DataManifest): Promise<readonly string[]> {
  const paths = await Promise.all(sources.map(async (source) => pathsOfPattern(root, source.path)));
  return paths.flat().map((file) => path.join(root, file));
}

/** The folder that a pattern looks in, with all below it: a new file changes its folder. */
async function pathsOfPattern(root: string, pattern: string): Promise<string[]> {
  const folder = globRoot(pattern);
  if (folder === pattern) return [pattern];
  const entries = await readdir(path.join(root, folder), { withFileTypes: true, recursive: isDeep(pattern) });
  const files = entries.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  return [folder, ...files.filter((file) => !file.startsWith(`.git${path.sep}`))];
}
