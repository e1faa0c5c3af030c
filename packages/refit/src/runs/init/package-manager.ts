import path from "node:path";
import type { Ports } from "../../ports/index.ts";
import type { PackageManager } from "../../ports/pipelines.ts";
import { decodeText } from "../../text.ts";

/** Other than npm's, by what only they write; the first that is there. */
const lockfiles: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
];

/** What installs the packages of a workspace, by its lockfile; with that of npm, or none: npm. */
export async function packageManagerIn({ files }: Pick<Ports, "files">, root: string): Promise<PackageManager> {
  for (const [file, manager] of lockfiles) {
    const bytes = await files.read(path.join(root, file));
    if (bytes === null) continue;
    // Yarn 1 has other words for the same, and its lockfile says so.
    return manager === "yarn" && decodeText(bytes).includes("# yarn lockfile v1") ? "yarn1" : manager;
  }
  return "npm";
}
