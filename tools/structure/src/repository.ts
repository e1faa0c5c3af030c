import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A text file of the repository. `path` is relative to the root, with `/`. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Every file that is tracked or would be: ignored files and those deleted in the work tree are left out. */
export const paths: readonly string[] = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\0")
  .filter((path) => path !== "" && existsSync(join(root, path)))
  .toSorted();

export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Files whose path matches, read. */
export function filesMatching(pattern: RegExp): readonly TextFile[] {
  return paths.filter((path) => pattern.test(path)).map((path) => ({ path, text: readText(path) }));
}

/** Tests, and what only tests use, may do what product code may not. */
export function isTest(path: string): boolean {
  return /\.(?:test|fixture)\.ts$|^packages\/[^/]+\/test\//.test(path);
}
