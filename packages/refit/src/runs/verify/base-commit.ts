import { posix } from "node:path";
import { RefitError } from "@refit/core/errors";
import { championFolder } from "@refit/core/history";
import { globRoot } from "@refit/core/spec";
import { digestOfInputs } from "../../data/input-digests.ts";
import { digestFiles } from "../../data/snapshot-files.ts";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import { contextAt } from "./context-at.ts";

type BaseCommitPorts = Pick<Ports, "ancestry" | "files" | "git" | "learners" | "out" | "sources">;

/** A folder under test, and where it is. */
export interface FoundFolder {
  readonly head: string;
  readonly treeId: string;
  /** As its lineage claims: it helps to find the commit, and is believed in nothing. */
  readonly inputDigest: string;
}

/** Commits that are looked at, of the pull request and of the base branch. */
const mostCommits = 500;

/**
 * The commit of the base branch that a version was made from: the one under the commit that brought the folder. A merge queue
 * and a rebase put newer commits under it, so where the inputs are others there, it is looked for on the way back.
 *
 * @returns `null`: nothing of the base branch is under it.
 */
export async function baseCommitOf(
  ports: BaseCommitPorts,
  context: Context,
  found: FoundFolder,
): Promise<string | null> {
  const { repository, request } = context;
  const brought = await bringingCommit(ports, championFolder(request.model), found);
  const start = brought && (await ports.ancestry.mergeBase(brought, repository.baseCommit));
  return start && ((await sameInputs(ports, context, start, found.inputDigest)) ?? start);
}

/** The newest commit whose parents do not have the folder as it is. */
async function bringingCommit(
  { git }: Pick<Ports, "git">,
  folder: string,
  { head, treeId }: FoundFolder,
): Promise<string | null> {
  let commit = await git.resolve(`${head}^0`);
  for (let step = 0; commit !== null && step < mostCommits; step++) {
    const parents = await parentsOf(git, commit);
    const trees = await Promise.all(parents.map((parent) => git.resolve(`${parent}:${folder}`)));
    const holder = parents[trees.indexOf(treeId)];
    if (holder === undefined) return commit;
    commit = holder;
  }
  return null;
}

async function parentsOf(git: Ports["git"], commit: string): Promise<string[]> {
  const parents: string[] = [];
  for (let parent; (parent = await git.resolve(`${commit}^${parents.length + 1}`)) !== null;) parents.push(parent);
  return parents;
}

/** The newest commit, from `start` back on its first-parent line, with the inputs of this digest. */
async function sameInputs(
  ports: BaseCommitPorts,
  context: Context,
  start: string,
  inputDigest: string,
): Promise<string | null> {
  const seen = new Set<string>();
  for (let back = 0; back < mostCommits; back++) {
    const commit = await ports.git.resolve(`${start}~${back}`);
    if (commit === null) return null;
    const signature = await inputFolders(ports, context, commit);
    if (seen.has(signature)) continue;
    seen.add(signature);
    if ((await inputDigestAt(ports, context, commit)) === inputDigest) return commit;
  }
  return null;
}

/** Ids of the folders that inputs can be in: most commits change none of them. */
async function inputFolders({ git }: Pick<Ports, "git">, { manifest }: Context, commit: string): Promise<string> {
  const folders = ["data-manifests", ...manifest.sources.map(({ path }) => folderOf(path))];
  return (await Promise.all(folders.map((folder) => git.resolve(`${commit}:${folder}`)))).join(" ");
}

function folderOf(source: string): string {
  const root = globRoot(source);
  const folder = root === source ? posix.dirname(root) : root;
  return folder === "." ? "" : folder;
}

/** `null`: then there was no model, or one that cannot be read. */
async function inputDigestAt(ports: BaseCommitPorts, context: Context, commit: string): Promise<string | null> {
  try {
    const { repository, manifest } = (await contextAt(ports, context, commit)).context;
    const { files } = await ports.sources.list(repository, manifest, { workTree: false });
    return digestOfInputs(ports, context, await digestFiles(ports, repository, files)).input;
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}
