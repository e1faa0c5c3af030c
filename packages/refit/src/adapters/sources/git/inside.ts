import { realpathSync } from "node:fs";
import path from "node:path";

import { SourceOutsideError } from "@refit/core/errors";

/** @throws SourceOutsideError for a path that is absolute or climbs, as far as its text tells. */
export function requireInside(source: string): void {
  if (/^(?:[a-z]:|[\\/]|~)/i.test(source)) throw new SourceOutsideError(source, "is an absolute path");
  if (source.split(/[\\/]/).includes("..")) throw new SourceOutsideError(source, 'leaves the repository with ".."');
}

/**
 * Follows symbolic links.
 *
 * @returns the real absolute path; `null` when nothing is there.
 * @throws SourceOutsideError when it lies outside the repository, or inside its `.git`.
 */
export function realInside(root: string, logical: string): string | null {
  let real: string;
  try {
    // A call of the system: to wait for another thread takes longer, and there may be thousands.
    real = realpathSync.native(path.join(root, logical));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code === "ELOOP") throw new SourceOutsideError(logical, "is a symbolic link that leads back to itself");
    throw error;
  }
  // git tells the root without links. Where that is not so, what is real is not below its name.
  const realRoot = real === root || real.startsWith(`${root}${path.sep}`) ? root : realpathSync.native(root);
  const relative = path.relative(realRoot, real);
  const [first] = relative.split(path.sep);
  if (first === ".." || path.isAbsolute(relative)) {
    throw new SourceOutsideError(logical, "is a symbolic link (or lies below one) that leads out of the repository");
  }
  if (first === ".git") throw new SourceOutsideError(logical, "leads into .git");
  return real;
}
