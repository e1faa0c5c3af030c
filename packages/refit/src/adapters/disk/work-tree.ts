import { constants } from "node:fs";
import { chmod, copyFile, link, mkdir, readFile, realpath, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { FilesInTheWayError, type InTheWay } from "@refit/core/errors";
import type { FileChange, PlannedFile, WorkTree } from "../../ports/work-tree.ts";
import { clashes, survey } from "./in-the-way.ts";

type Undo = () => Promise<unknown>;

/**
 * Files are made in the scratch folder first, so that a full disk is met before anything has changed, and each then takes
 * its place in one step. What another process has put there meanwhile stays: that step fails, and all before it are undone.
 */
export const diskWorkTree: Omit<WorkTree, "here"> = {
  async realPlace(place) {
    const rest: string[] = [];
    for (let at = place; ; at = path.dirname(at)) {
      const real = await realpath(at).catch(() => null);
      if (real !== null) return path.join(real, ...rest);
      if (path.dirname(at) === at) return place;
      rest.unshift(path.basename(at));
    }
  },

  check: changesOf,

  async write(folder, files, scratch) {
    const changes = await changesOf(folder, files);
    const due = files.filter((file) => changes.get(file.path) !== "unchanged");
    for (const [i, { bytes }] of due.entries()) await writeFile(staged(scratch, i), bytes, { flag: "wx", flush: true });
    const undo: Undo[] = [];
    try {
      for (const [i, file] of due.entries()) {
        const target = path.join(folder, file.path);
        undo.push(await makeFolder(path.dirname(target)));
        const isNew = changes.get(file.path) === "written";
        undo.push(await (isNew ? putNew(staged(scratch, i), target) : putInPlace(staged(scratch, i), target, file)));
      }
    } catch (error) {
      for (const step of undo.toReversed()) await step().catch(() => {});
      throw asInTheWay(error, folder);
    }
    return changes;
  },
};

const staged = (scratch: string, i: number) => path.join(scratch, `planned-${i}`);

async function changesOf(folder: string, files: readonly PlannedFile[]): Promise<ReadonlyMap<string, FileChange>> {
  const changes = new Map<string, FileChange>();
  const found = clashes(files);
  for (const file of files) {
    const { change, inTheWay } = await survey(folder, file);
    changes.set(file.path, change);
    if (inTheWay !== null) found.push(inTheWay);
  }
  if (found.length > 0) throw new FilesInTheWayError(withoutRepeats(found));
  return changes;
}

/** One folder may be in the way of several files. */
function withoutRepeats(found: readonly InTheWay[]): InTheWay[] {
  return [...new Map(found.map((each) => [`${each.path}\0${each.problem}`, each])).values()];
}

/** @returns removes the folders that were made, as far as they are empty. */
async function makeFolder(folder: string): Promise<Undo> {
  const first = await mkdir(folder, { recursive: true });
  return async () => {
    if (first === undefined) return;
    for (let each = folder; each.startsWith(first); each = path.dirname(each)) await rmdir(each);
  };
}

/** Fails where something is; a rename would replace it. */
async function putNew(from: string, to: string): Promise<Undo> {
  await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL); // another disk, or one without links
  });
  await rm(from); // as long as it has two names, writing to one would change the other
  return () => rm(to);
}

/** What was there is kept until all files are in place. */
async function putInPlace(from: string, to: string, { path: file, replaces }: PlannedFile): Promise<Undo> {
  const before = `${from}-before`;
  await copyFile(to, before);
  if (replaces instanceof Uint8Array && !(await readFile(before)).equals(replaces)) {
    throw new FilesInTheWayError([{ path: file, problem: "has changed since it was read", replaceable: false }]);
  }
  await chmod(from, (await stat(to)).mode & 0o777);
  await moveOver(from, to);
  return () => moveOver(before, to);
}

async function moveOver(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EXDEV") throw error;
    await copyFile(from, to);
  });
}

function asInTheWay(error: unknown, folder: string): unknown {
  const { code, dest } = error as { code?: string; dest?: string };
  if (code !== "EEXIST" || dest === undefined) return error;
  const file = path.relative(folder, dest).split(path.sep).join("/");
  return new FilesInTheWayError([{ path: file, problem: "has appeared meanwhile", replaceable: true }], {
    cause: error,
  });
}
