import { rmSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Variable that names the folder in which a run of the tests keeps all others. */
export const runFolder = "REFIT_TESTS_FOLDER";

/** A new empty folder, its real path, removed when the running test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** As `temporaryFolder`, for `beforeAll` and scripts; the caller removes it. */
export async function createFolder(): Promise<string> {
  return realpath(await mkdtemp(join(process.env[runFolder] ?? tmpdir(), "refit-")));
}

export async function removeFolder(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
