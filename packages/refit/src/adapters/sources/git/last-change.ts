import { existsSync, readdirSync, statSync } from "node:fs";
import path, { posix } from "node:path";
import { globRoot, type DataManifest } from "@refit/core/spec";

/**
 * When a file last came, went or changed its name where sources look, epoch milliseconds by the disk's clock. Where there is nothing,
 * the folder counts in which it would be. Files that a pattern with wildcards matches are not looked at. What cannot be looked at, such as
 * a folder that goes meanwhile, counts as changed: `Infinity`.
 */
export function lastChange(root: string, sources: DataManifest["sources"]): number {
  try {
    const places = sources.flatMap(({ path: pattern }) => placesOf(root, pattern));
    return Math.max(0, ...places.map((place) => changedAt(root, place)));
  } catch {
    return Infinity;
  }
}

/** A path without wildcards itself, else the folder that the pattern looks in, with those below where it reaches further. */
function placesOf(root: string, pattern: string): readonly string[] {
  const folder = globRoot(pattern);
  return isDeep(pattern) ? [folder, ...foldersBelow(root, folder)] : [folder];
}

/** Whether a pattern looks into folders of the one that it begins in. */
export function isDeep(pattern: string): boolean {
  const folder = globRoot(pattern);
  const rest = folder === "" ? pattern : pattern.slice(folder.length + 1);
  return rest.includes("/") || rest.includes("**");
}

function foldersBelow(root: string, folder: string): readonly string[] {
  if (!existsSync(path.join(root, folder))) return [];
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  return folders.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

function changedAt(root: string, place: string): number {
  for (let at = place; ; at = posix.dirname(at)) {
    try {
      return statSync(path.join(root, at)).ctimeMs;
    } catch (error) {
      if (at === ".") throw error;
    }
  }
}
