import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "./ports.ts";

/** A folder for temporary files below the git common directory, so that nothing shows up in the work tree. */
export async function scratchFolder(repository: Repository): Promise<{ path: string; remove(): Promise<void> }> {
  const parent = path.join(repository.commonDir, "refit", "scratch");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, "run-"));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
