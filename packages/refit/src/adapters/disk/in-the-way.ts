import { constants, type Stats } from "node:fs";
import { access, lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { InTheWay } from "@refit/core/errors";
import type { FileChange, PlannedFile } from "../../ports/work-tree.ts";

/** Bytes of one name, on every disk in use. */
const longestName = 255;

/** What becomes of a file, unless something is in the way. */
interface Survey {
  readonly change: FileChange;
  readonly inTheWay: InTheWay | null;
}

/** Where planned files are in each other's way. */
export function clashes(files: readonly PlannedFile[]): InTheWay[] {
  const places = files.flatMap(({ path: file }) => [...foldersOf(file), file]);
  const folders = new Set(files.flatMap(({ path: file }) => foldersOf(file)));
  const spelled = new Map<string, string>();
  const found: InTheWay[] = [];
  for (const place of places) {
    const before = spelled.get(fold(place)) ?? place;
    spelled.set(fold(place), before);
    if (before !== place) found.push(refusal(place, `differs from ${before} only in case`));
  }
  for (const { path: file } of files) {
    if (folders.has(file)) found.push(refusal(file, "would have to be a file and a folder"));
  }
  return found;
}

/**
 * Walks from the folder down to where a file would be.
 *
 * No link is followed below the folder: git keeps nothing of what is behind one, and it may lead out of the repository.
 */
export async function survey(folder: string, file: PlannedFile): Promise<Survey> {
  const names = file.path.split("/");
  const long = names.find((name) => Buffer.byteLength(name) > longestName);
  if (long !== undefined) return blocked(file.path, `has a name of ${Buffer.byteLength(long)} bytes; 255 are possible`);

  let place = folder;
  for (const [i, name] of names.entries()) {
    const logical = names.slice(0, i + 1).join("/");
    const twin = await twinOf(place, name);
    if (twin !== null) return blocked(logical, `differs only in case from ${twin}, which is there`);
    const target = path.join(place, name);
    const there = await statOf(target);
    if (there === null) return { change: "written", inTheWay: await unwritable(file.path, place) };
    if (there.isSymbolicLink()) return blocked(logical, await linkProblem(folder, target));
    if (i === names.length - 1) return surveyPlace(file, target, there);
    if (!there.isDirectory()) return blocked(logical, "is a file, and a folder is needed there");
    place = target;
  }
  throw new Error(`${file.path} is not the path of a file`);
}

async function surveyPlace(
  { path: file, bytes, replaces }: PlannedFile,
  target: string,
  there: Stats,
): Promise<Survey> {
  if (there.isDirectory()) return blocked(file, "is a folder, and a file is needed there");
  if (!there.isFile()) return blocked(file, "is not a regular file");
  const current = await readFile(target).catch((error: NodeJS.ErrnoException) => error);
  if (current instanceof Error) return blocked(file, `cannot be read (${current.code})`);
  if (current.equals(bytes)) return { change: "unchanged", inTheWay: null };
  if (replaces === "anything" || (replaces !== null && current.equals(replaces))) {
    return { change: "replaced", inTheWay: await unwritable(file, path.dirname(target)) };
  }
  const problem = replaces === null ? "exists, with other content" : "has changed since it was read";
  return { change: "replaced", inTheWay: { path: file, problem, replaceable: replaces === null } };
}

/** What forbids to make files in a folder, or in the nearest one above it that exists. */
async function unwritable(file: string, folder: string): Promise<InTheWay | null> {
  try {
    if (!(await stat(folder)).isDirectory()) return refusal(file, `cannot be written: ${folder} is not a folder`);
    await access(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = path.dirname(folder);
    if (code === "ENOENT" && above !== folder) return unwritable(file, above);
    return refusal(file, `cannot be written: ${folder} allows no new files (${code})`);
  }
}

/** A name in the folder that some disks take for the same, such as `Models` for `models`. */
async function twinOf(folder: string, name: string): Promise<string | null> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes(name)) return null;
  return names.find((each) => fold(each) === fold(name)) ?? null;
}

async function linkProblem(folder: string, link: string): Promise<string> {
  const [root, target] = await Promise.all([realpath(folder), realpath(link).catch(() => null)]);
  if (target === null) return "is a symbolic link that leads nowhere";
  const inside = target === root || target.startsWith(`${root}${path.sep}`);
  return `is a symbolic link that leads ${inside ? "elsewhere" : "out of the repository"}`;
}

async function statOf(file: string): Promise<Stats | null> {
  return lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
}

/** As disks do that ignore case and the form of accents. */
const fold = (name: string) => name.normalize("NFC").toLowerCase();

function foldersOf(file: string): string[] {
  const names = file.split("/");
  return names.slice(0, -1).map((_, i) => names.slice(0, i + 1).join("/"));
}

const refusal = (file: string, problem: string): InTheWay => ({ path: file, problem, replaceable: false });

const blocked = (file: string, problem: string): Survey => ({ change: "written", inTheWay: refusal(file, problem) });
