import { execFile, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import type { VersionReader } from "./read-files.ts";

/** Files of a folder on this machine, such as `models/churn/champion`. */
export function fromFolder(folder: string): VersionReader {
  return async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  };
}

/** A folder that git has. */
export interface GitFolder {
  /** Of its working tree, or bare. */
  readonly repository: string;
  /** A branch, a tag or a commit; left out: `HEAD`. */
  readonly revision?: string;
  /** From the root of the repository, such as `models/churn/champion`. */
  readonly folder: string;
}

const run = promisify(execFile);

/**
 * Files as git has them, whatever is checked out; git must be installed. All come from the one tree that the revision names now.
 *
 * @returns what `loadVersion` takes: a reader, and the folder's tree id.
 * @throws where there is no such folder.
 */
export async function fromGit({
  repository,
  revision = "HEAD",
  folder,
}: GitFolder): Promise<{ read: VersionReader; treeId: string }> {
  const git = async (args: readonly string[]) =>
    (await run("git", ["-C", repository, ...args], { encoding: "buffer", maxBuffer: 2 ** 31 - 1 })).stdout;
  const name = `${revision}:${folder.replace(/\/+$/, "")}`;
  const treeId = (await git(["rev-parse", "--verify", "--end-of-options", name])).toString().trim();
  const list = (await git(["ls-tree", "-r", "-z", treeId])).toString();
  const blobs = new Map([...list.matchAll(/100644 blob (\w+)\t([^\0]+)\0/g)].map(([, id, path]) => [path!, id!]));
  let contents: ReturnType<typeof blobsOf> | undefined;
  const read: VersionReader = async (path) => {
    const id = blobs.get(path);
    if (id === undefined) return null;
    contents ??= blobsOf(repository, new Set(blobs.values()));
    return (await contents).get(id);
  };
  return { read, treeId };
}

/** Contents by id, from one process: to start one takes longer than to read most files. */
async function blobsOf(repository: string, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Uint8Array>> {
  const reader = spawn("git", ["-C", repository, "cat-file", "--batch"], { stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise<void>((settle, fail) => {
    reader.once("error", fail);
    reader.once("close", () => settle());
  });
  // It may end before it has read all names; then blobs are missing.
  reader.stdin.on("error", () => {});
  reader.stdin.end([...ids, ""].join("\n"));
  const [all] = await Promise.all([buffer(reader.stdout), ended]);
  const contents = new Map<string, Uint8Array>();
  for (let at = 0; at < all.length;) {
    const end = all.indexOf("\n", at);
    const [id, kind, size] = all.toString("latin1", at, end).split(" ");
    const next = end + 1 + Number(size);
    if (kind !== "blob" || next >= all.length) throw new Error(`Git cannot read the object ${id} of ${repository}.`);
    contents.set(id!, all.subarray(end + 1, next));
    at = next + 1;
  }
  return contents;
}
