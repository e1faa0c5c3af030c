import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Streams } from "../../ports/streams.ts";
import { temporaryName } from "../disk/left-behind.ts";

/** The input and output of this process, and the disk. */
export const processStreams: Streams = {
  isFile: (file) =>
    stat(file).then(
      (found) => found.isFile(),
      () => false,
    ),
  async stamp(file) {
    try {
      const own = await realpath(file);
      const found = await stat(own);
      const { dev, ino, size, mtimeMs, ctimeMs } = found;
      const id = [own, dev, ino, size, mtimeMs, ctimeMs].join(" ");
      return found.isFile() ? { id, writtenAt: mtimeMs, name: path.basename(own) } : null;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") return null;
      throw error;
    }
  },
  takeInput: (file) => pipeline(process.stdin, createWriteStream(file)),
  async giveOutput(file) {
    try {
      await pipeline(createReadStream(file), process.stdout, { end: false });
    } catch (error) {
      // Whoever reads it has read enough, as in `refit predict … | head`.
      if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
    }
  },
  async place(file, to) {
    await mkdir(path.dirname(to), { recursive: true });
    const temporary = `${to}.${temporaryName()}.tmp`;
    try {
      await copyFile(file, temporary);
      await rename(temporary, to);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  },
};
