import { appendFileSync, closeSync, openSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { SourceLfsPointerError, SourceVanishedError } from "@refit/core/errors";
import { systemClock } from "../../clock.ts";
import { temporaryName } from "../../disk/left-behind.ts";
import type { Repository } from "../../../ports/repository.ts";
import { machineFolder } from "../../disk/scratch.ts";
import type { GitProcess } from "../../git/git-process.ts";
import { hashed, type FoundFile } from "./found-file.ts";

export interface TrackedSource {
  readonly path: string;
  readonly blob: string;
}

/** Milliseconds after which a copy that no run has used is removed: about as long as most models go without a retrain. */
const longestUnused = 60 * 24 * 3_600_000;

/**
 * A blob with its filters applied, kept in the git common directory under its id and the digest of its bytes, so that a
 * copy that was damaged since is seen and made again. Where nothing can be kept, it lives as long as this process. The
 * time of a copy is that of its last use; whoever makes one removes those that nobody uses.
 */
export async function storedCopy(git: GitProcess, repository: Repository, file: TrackedSource): Promise<FoundFile> {
  const folder = path.join(repository.commonDir, "refit", "cache", "files");
  const kept = await keptCopy(folder, file);
  if (kept !== null) return kept;
  const writable = await mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  );
  if (writable) await removeUnused(folder);
  return extract(git, repository.root, file, writable ? folder : (await machineFolder()).path);
}

async function removeUnused(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const copy = path.join(folder, name);
    const used = (await stat(copy).catch(() => null))?.mtimeMs;
    if (used === undefined || systemClock.now() - used < longestUnused) continue;
    await rm(copy, { recursive: true, force: true }).catch(() => {});
  }
}

/** Where it cannot be written down, the copy is made again one day. */
async function noteUse(copy: string): Promise<void> {
  const now = systemClock.now() / 1000;
  await utimes(copy, now, now).catch(() => {});
}

async function keptCopy(folder: string, file: TrackedSource): Promise<FoundFile | null> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(file.blob) || name.endsWith(".tmp")) continue;
    const copy = path.join(folder, name);
    const as = await hashed(file, copy).catch(() => null);
    if (as !== null && name === nameOf(file, as)) {
      await noteUse(copy);
      return as;
    }
    await rm(copy, { recursive: true, force: true }).catch(() => {});
  }
  return null;
}

async function extract(git: GitProcess, root: string, file: TrackedSource, folder: string): Promise<FoundFile> {
  const temporary = path.join(folder, `${file.blob}.${temporaryName()}.tmp`);
  const descriptor = openSync(temporary, "wx");
  try {
    const { exitCode, stderr } = await git.attempt(["cat-file", "--filters", `--path=${file.path}`, file.blob], {
      cwd: root,
      onOutput: (chunk) => appendFileSync(descriptor, chunk),
    });
    if (exitCode !== 0 && /lfs/i.test(stderr)) throw new SourceLfsPointerError(file.path);
    if (exitCode !== 0) throw new SourceVanishedError(file.path, { cause: new Error(stderr.trim()) });
    const made = await hashed(file, temporary);
    const copy = path.join(folder, nameOf(file, made));
    await rename(temporary, copy);
    return { localPath: copy, known: made.known };
  } finally {
    closeSync(descriptor);
    await rm(temporary, { force: true });
  }
}

const nameOf = ({ blob }: TrackedSource, { known }: FoundFile) => `${blob}-${known.sha256}`;
