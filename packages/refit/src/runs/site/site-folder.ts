import path from "node:path";
import { FilesInTheWayError } from "@refit/core/errors";
import { canonicalJson } from "@refit/core/history";
import type { Ports } from "../../ports/index.ts";
import { decodeText, encodeText } from "../../text.ts";
import { version } from "../../version.ts";

/** File in the folder with the paths that refit wrote and a digest of what each was made from, so that only changed files are made again. */
const MARK = "refit-site.json";

type FolderPorts = Pick<Ports, "files" | "workTree">;

/** A folder of a site, as the mark in it describes it. */
export interface SiteFolder {
  /** Absolute. */
  readonly path: string;
  /** Digest of what each file was made from, by path in the folder; empty for a file that may be unfinished. */
  readonly keys: ReadonlyMap<string, string>;
  /** Digest of what the whole site was made from; empty: unknown, or the site may be unfinished. */
  readonly site: string;
}

/** @param folder absolute path. @throws FilesInTheWayError if the folder is not empty and is not a site of refit. */
export async function openSiteFolder({ files }: FolderPorts, folder: string): Promise<SiteFolder> {
  const mark = await files.read(path.join(folder, MARK));
  if (mark === null) {
    if ((await files.children(folder)).length > 0 || (await files.read(folder)) !== null) {
      throw inTheWay(folder, "is not empty, and no site of refit is in it");
    }
    return { path: folder, keys: new Map(), site: "" };
  }
  const stored = storedMark(mark);
  if (stored === null) throw inTheWay(path.join(folder, MARK), "is not as refit writes it; remove the folder");
  if (stored.refit !== version) {
    return { path: folder, keys: new Map(stored.files.map(([file]) => [file, ""])), site: "" };
  }
  return { path: folder, keys: new Map(stored.files), site: stored.site };
}

const inTheWay = (place: string, problem: string) =>
  new FilesInTheWayError([{ path: path.basename(place), problem, replaceable: false }]);

/** Paths that a mark may name. It may come from a clone, and refit replaces and removes the files that it names. */
const ownPath = /^(?:[a-z0-9][a-z0-9-]*\/){0,3}[a-z0-9][a-z0-9-]*\.(?:html|svg|json|xml|css|js)$/;

interface StoredMark {
  readonly refit: unknown;
  readonly site: string;
  readonly files: readonly (readonly [file: string, key: string])[];
}

function storedMark(bytes: Uint8Array): StoredMark | null {
  try {
    const { format, refit, site, files } = JSON.parse(decodeText(bytes)) as Record<string, unknown>;
    if (format !== 1 || typeof files !== "object" || files === null) return null;
    const entries = Object.entries(files as Record<string, unknown>);
    return entries.every((entry): entry is [string, string] => ownPath.test(entry[0]) && typeof entry[1] === "string")
      ? { refit, site: typeof site === "string" ? site : "", files: entries }
      : null;
  } catch {
    return null;
  }
}

/** Paths of the files in the folders of a site. @param paths name the folders to list */
export async function presentFiles(
  { files }: FolderPorts,
  folder: string,
  paths: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  for (const below of foldersOf(paths)) {
    for (const { name, kind } of await files.children(path.join(folder, below))) {
      if (kind !== "folder") present.add(below === "" ? name : `${below}/${name}`);
    }
  }
  return present;
}

/**
 * Refuses to replace files that refit did not write, and to write through a symbolic link.
 *
 * @throws FilesInTheWayError
 */
export async function refuseOthers(
  { workTree }: FolderPorts,
  { path: folder, keys }: SiteFolder,
  paths: readonly string[],
  present: ReadonlySet<string>,
): Promise<void> {
  const foreign = paths.filter((file) => present.has(file) && !keys.has(file));
  const real = await workTree.realPlace(folder);
  const linked = [];
  for (const below of foldersOf([...paths, ...keys.keys()])) {
    if ((await workTree.realPlace(path.join(folder, below))) !== path.join(real, below)) linked.push(below);
  }
  if (foreign.length + linked.length === 0) return;
  throw new FilesInTheWayError([
    ...foreign.map((file) => ({ path: file, problem: "was not written by refit", replaceable: false })),
    ...linked.map((below) => ({ path: below, problem: "leads to another place", replaceable: false })),
  ]);
}

/** Written before the files that it names, so that an unfinished site is recognised, and again after them. */
export async function writeMark({ files }: FolderPorts, { path: folder, keys, site }: SiteFolder): Promise<void> {
  const mark = { format: 1, refit: version, site, files: Object.fromEntries(keys) };
  await files.write(path.join(folder, MARK), encodeText(`${canonicalJson(mark, 1)}\n`), { lasting: false });
}

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of paths) folders.add(file.slice(0, Math.max(0, file.lastIndexOf("/"))));
  return folders;
}
