import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isLeftBehind, temporaryName } from "./left-behind.ts";
import type { ScratchFolder } from "../../ports/files.ts";

/**
 * A folder for temporary files below the git common directory, so that nothing shows up in the work tree; where that is
 * read-only, one of the machine's own. What killed runs left is removed first.
 */
export async function scratchFolder(commonDir: string): Promise<ScratchFolder> {
  const ours = path.join(commonDir, "refit");
  const folder = path.join(ours, "scratch", temporaryName());
  const made = await mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  );
  if (!made) return machineFolder();
  await removeLeftBehind(ours);
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A folder outside the repository that goes with this process, at the latest. */
export async function machineFolder(): Promise<ScratchFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), "refit-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  return {
    path: folder,
    async remove() {
      process.off("exit", remove);
      remove();
    },
  };
}

/** Scratch folders, and files that were being written when their process was killed. */
async function removeLeftBehind(ours: string): Promise<void> {
  const now = (await stat(path.join(ours, "scratch"))).mtimeMs;
  const entries = await readdir(ours, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const { name, parentPath } of entries) {
    const inScratch = parentPath === path.join(ours, "scratch");
    const isIndex = parentPath === ours && name.startsWith("index-"); // of an earlier refit
    if (!inScratch && !isIndex && !name.endsWith(".tmp")) continue;
    const file = path.join(parentPath, name);
    const made = (await stat(file).catch(() => null))?.mtimeMs ?? now;
    if (isLeftBehind(name, now - made)) await rm(file, { recursive: true, force: true }).catch(() => {});
  }
}
