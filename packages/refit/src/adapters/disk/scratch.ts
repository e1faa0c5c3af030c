import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { systemClock } from "../clock.ts";
import { whenEnding } from "../when-ending.ts";
import { isLeftBehind, temporaryName } from "./left-behind.ts";
import type { Scratch, ScratchFolder } from "../../ports/files.ts";

export const diskScratch: Scratch = { open: openScratch, removeLeftBehind };

/**
 * A folder for temporary files below the git common directory, so that nothing shows up in the work tree; where that is
 * read-only, one of the machine's own. It goes with this process, unless that is killed.
 */
export async function openScratch(commonDir: string): Promise<ScratchFolder> {
  const folder = path.join(commonDir, "refit", "scratch", temporaryName());
  const made = await mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  );
  if (!made) return machineFolder();
  const release = whenEnding(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: folder,
    async remove() {
      await rm(folder, { recursive: true, force: true });
      release();
    },
  };
}

/**
 * A folder outside the repository that goes with this process, at the latest.
 *
 * @param place where it is made; left out: where the machine has its temporary files.
 */
export async function machineFolder(place: string = tmpdir()): Promise<ScratchFolder> {
  const folder = await mkdtemp(path.join(place, "refit-"));
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

/** Scratch folders, also in the repositories of a backtest, and files that were being written when their process was killed. */
async function removeLeftBehind(commonDir: string): Promise<void> {
  const ours = path.join(commonDir, "refit");
  const entries = await readdir(ours, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const { name, parentPath } of entries) {
    if (!parentPath.endsWith(path.join(path.sep, "refit", "scratch")) && !name.endsWith(".tmp")) continue;
    const file = path.join(parentPath, name);
    const made = (await stat(file).catch(() => null))?.mtimeMs;
    const age = made === undefined ? 0 : systemClock.now() - made;
    if (isLeftBehind(name, age)) await rm(file, { recursive: true, force: true }).catch(() => {});
  }
}
