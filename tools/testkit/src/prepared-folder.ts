import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { createFolder, removeFolder, runFolder } from "./temporary-folder.ts";

/** How a folder comes about, and what has to follow when it lies elsewhere. */
export interface Recipe {
  /** @returns the folder, which is then taken. */
  make(): Promise<string>;
  /** Makes files of `folder` that name the place `from` name the place `to`. Default: there are none. */
  redirect?(folder: string, from: string, to: string): Promise<void>;
}

/**
 * A folder of the caller's own: made once in a run of the tests, and copied whenever it is asked for again. Outside of
 * such a run it is made each time.
 *
 * @param name all that `make` depends on; the same in all files.
 */
export async function createPreparedFolder(name: string, { make, redirect }: Recipe): Promise<string> {
  const run = process.env[runFolder];
  if (run === undefined) return make();
  const template = join(run, "prepared", createHash("sha256").update(name).digest("hex").slice(0, 16));
  if (!existsSync(template)) {
    const made = await make();
    await redirect?.(made, made, template);
    mkdirSync(dirname(template), { recursive: true });
    try {
      renameSync(made, template);
    } catch {
      await removeFolder(made); // another worker was faster
    }
  }
  const folder = await createFolder();
  copyFolder(template, folder);
  await redirect?.(folder, template, folder);
  return folder;
}

/** At once: hundreds of small files cost more in threads than in copying. */
export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}
