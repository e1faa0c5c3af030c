import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { globPattern, globRoot } from "@refit/core/spec";

/** Says of a glob whether it could match a file that Nx does not hash, since git or `.nxignore` ignores it. */
export type Unseen = (glob: string) => boolean;

/** More places than this are asked for by their first folder. */
const mostPlaces = 64;

/**
 * Asks git once which files and folders below some globs are ignored, by the rules that Nx goes by. A folder that is ignored as a whole is
 * not looked into.
 *
 * @returns where git cannot be asked, everything could be unseen.
 */
export function unseenFiles(root: string, globs: Iterable<string>): Unseen {
  const places = placesOf(globs);
  if (places.length === 0) return () => false;
  const rules = ["--exclude-standard", ...(existsSync(join(root, ".nxignore")) ? ["--exclude-from=.nxignore"] : [])];
  const { status, stdout } = spawnSync(
    "git",
    ["--literal-pathspecs", "ls-files", "-z", "-c", "-o", "-i", "--directory", ...rules, "--", ...places],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "ignore"] },
  );
  if (status !== 0) return () => true;
  const ignored = [...new Set(stdout.split("\0").filter(Boolean))];
  return (glob) => {
    const pattern = globPattern(glob);
    return ignored.some((name) => (name.endsWith("/") ? pattern.reaches(name) : pattern.test(name)));
  };
}

function placesOf(globs: Iterable<string>): string[] {
  const roots = [...new Set([...globs].map((glob) => globRoot(glob) || "."))];
  if (roots.length <= mostPlaces) return roots;
  return [...new Set(roots.map((folder) => folder.split("/")[0]!))];
}
