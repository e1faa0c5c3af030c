import { lstat, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { FilesInTheWayError } from "@refit/core/errors";
import type { Folders } from "../../ports/folders.ts";
import { systemClock } from "../clock.ts";
import { diskFiles } from "./files.ts";
import { isLeftBehind, temporaryName } from "./left-behind.ts";

export const diskFolders: Folders = {
  async replace(folder, files, mayReplace) {
    const there = await lstat(folder).catch(whereThereIsNone);
    if (there !== null) await refuseForeign(folder, there.isDirectory(), mayReplace);
    await mkdir(path.dirname(folder), { recursive: true });
    await removeLeftBehind(folder);
    const making = `${folder}.${temporaryName()}.tmp`;
    const before = `${folder}.${temporaryName()}.tmp`;
    try {
      for (const [file, bytes] of files) {
        const target = path.join(making, file);
        await mkdir(path.dirname(target), { recursive: true });
        await writeFile(target, bytes, { flag: "wx", flush: true });
      }
      if (there !== null) await rename(folder, before);
      await rename(making, folder).catch(async (error: unknown) => {
        if (there !== null) await rename(before, folder);
        throw error;
      });
    } finally {
      for (const each of [making, before]) await rm(each, { recursive: true, force: true });
    }
  },
};

async function refuseForeign(
  folder: string,
  isFolder: boolean,
  mayReplace: Parameters<Folders["replace"]>[2],
): Promise<void> {
  if (!isFolder) throw inTheWay(folder, "exists and is not a folder");
  const entries = await diskFiles.list(folder);
  if (!(await mayReplace(entries)))
    throw inTheWay(folder, "exists and has files that no export wrote, or that were changed since");
}

const inTheWay = (folder: string, problem: string) =>
  new FilesInTheWayError([{ path: path.basename(folder), problem, replaceable: false }]);

/** What processes left that were killed while they wrote this folder. */
async function removeLeftBehind(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  const begin = `${path.basename(folder)}.`;
  for (const name of await readdir(parent)) {
    if (!name.startsWith(begin) || !/\.\d+\.[0-9a-f]{12}\.tmp$/.test(name)) continue;
    const made = (await stat(path.join(parent, name)).catch(whereThereIsNone))?.mtimeMs;
    const age = made === undefined ? 0 : systemClock.now() - made;
    if (isLeftBehind(name, age)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

function whereThereIsNone(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
