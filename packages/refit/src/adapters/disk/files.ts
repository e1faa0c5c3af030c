import { appendFile, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Files } from "../../ports/files.ts";
import { temporaryName } from "./left-behind.ts";

/** Bytes. Of small files there are thousands, and each would go to another thread and back four times. */
const smallFile = 65_536;

export const diskFiles: Files = {
  async read(file) {
    try {
      const stats = statSync(file, { throwIfNoEntry: false });
      if (stats === undefined) return null;
      return stats.isFile() && stats.size <= smallFile ? readFileSync(file) : await readFile(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
      throw error;
    }
  },
  async list(folder) {
    const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(whereThereIsNone);
    const entries = found
      .filter((entry) => !entry.isDirectory())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const relative = path.relative(folder, file).split(path.sep).join("/");
        return { path: relative, bytes: (await lstat(file)).size, isFile: entry.isFile() };
      });
    return (await Promise.all(entries)).sort((a, b) => (a.path < b.path ? -1 : 1));
  },
  async children(folder) {
    const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
    return found.map((entry) => ({
      name: entry.name,
      kind: entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other",
    }));
  },
  async write(file, bytes, { lasting = true, appends = false } = {}) {
    if (appends) return inItsFolder(file, () => appendFile(file, bytes, { flush: lasting }));
    const temporary = `${file}.${temporaryName()}.tmp`;
    try {
      if (lasting || bytes.length > smallFile) {
        await inItsFolder(file, () => writeFile(temporary, bytes, { flush: lasting }));
        await rename(temporary, file);
      } else {
        await inItsFolder(file, async () => writeFileSync(temporary, bytes));
        renameSync(temporary, file);
      }
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      // A write to an open file fails without a name.
      throw Object.assign(error as NodeJS.ErrnoException, { path: (error as NodeJS.ErrnoException).path ?? file });
    }
  },
  async remove(file) {
    await rm(file, { recursive: true, force: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTDIR") throw error; // a file stands where its folder would be, so it is not there
    });
  },
};

/** Writes, and makes the folder where it turns out to be missing: most files have neighbours. */
async function inItsFolder(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await mkdir(path.dirname(file), { recursive: true });
    await write();
  }
}

function whereThereIsNone(error: NodeJS.ErrnoException): [] {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
  throw error;
}
