import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { createFolder, removeFolder } from "../temporary-folder.ts";

/** A file system in memory that a test may fill, so that the kernel itself refuses what is written there. */
interface SmallDisk {
  /** It leads through `/proc` into the name space that the disk lies in: resolved by `realpath` it is another folder. */
  readonly path: string;
  /** Leaves this many bytes, in whole pages, and this many new files. What is there stays. */
  leave(room: { readonly bytes: number; readonly files?: number }): void;
  /** All that `leave` took is free again. */
  release(): void;
  close(): Promise<void>;
}

/**
 * A disk for this process alone, without being root: in a name space of its own, a process without privileges may mount.
 *
 * @returns the disk, or why there is none.
 */
export async function startSmallDisk({
  mebibytes,
  files,
}: {
  readonly mebibytes: number;
  readonly files: number;
}): Promise<{ readonly disk: SmallDisk | null; readonly missing: string }> {
  const folder = await createFolder();
  const script = `mount -t tmpfs -o size=${mebibytes}m,nr_inodes=${files} tmpfs "$0" && echo mounted && exec cat`;
  const holder = spawn("unshare", ["--mount", "--map-root-user", "sh", "-c", script, folder], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = new Promise<null>((resolve) => {
    holder.once("error", () => resolve(null)).once("exit", () => resolve(null));
  });
  if ((await Promise.race([once(holder.stdout, "data"), ended])) === null) {
    await removeFolder(folder);
    return { disk: null, missing: "this machine lets nobody mount (unshare --mount --map-root-user)" };
  }
  // Whatever ends this process closes the pipe, and with it the disk.
  holder.unref();
  const place = `/proc/${holder.pid}/root${folder}`;
  const close = async () => {
    holder.stdin.end();
    await ended;
    await removeFolder(folder);
  };
  return { disk: { path: place, ...ballastIn(path.join(place, "ballast")), close }, missing: "" };
}

function ballastIn(ballast: string): Pick<SmallDisk, "leave" | "release"> {
  const empties: string[] = [];
  const free = () => {
    const { bavail, bsize, ffree } = statfsSync(path.dirname(ballast));
    return { bytes: bavail * bsize, files: ffree };
  };
  return {
    leave({ bytes, files = Infinity }) {
      const handle = openSync(ballast, "a");
      const zeros = Buffer.alloc(1 << 20);
      for (let most = free().bytes - bytes; most > 0;)
        most -= writeSync(handle, zeros, 0, Math.min(most, zeros.length));
      closeSync(handle);
      for (let most = free().files; most > files; most--) {
        empties.push(`${ballast}.${empties.length}`);
        writeFileSync(empties.at(-1)!, "");
      }
    },
    release() {
      for (const each of [ballast, ...empties.splice(0)]) rmSync(each, { force: true });
    },
  };
}
