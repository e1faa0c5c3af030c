import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../ports/repository.ts";

/** A folder that a killed run left behind is removed once it is this old. */
const STALE = 24 * 3_600_000;

/** A folder for temporary files below the git common directory, so that nothing shows up in the work tree. */
export async function scratchFolder(repository: Repository): Promise<{ path: string; remove(): Promise<void> }> {
  const parent = path.join(repository.commonDir, "refit", "scratch");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, "run-"));
  const { mtimeMs: now } = await stat(folder);
  for (const name of await readdir(parent)) {
    const other = path.join(parent, name);
    const made = (await stat(other).catch(() => null))?.mtimeMs ?? now;
    if (now - made > STALE) await rm(other, { recursive: true, force: true });
  }
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
