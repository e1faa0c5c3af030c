import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new empty folder, its real path, removed when the running test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** As `temporaryFolder`, for `beforeAll` and scripts; the caller removes it. */
export async function createFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), "refit-")));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
