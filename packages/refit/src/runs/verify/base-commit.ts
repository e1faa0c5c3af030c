import { RefitError } from "@refit/core/errors";
import { type CardWords, type InputDigests, sameCard, specPath } from "@refit/core/history";
import type { RolloutFile } from "@refit/core/judge";
import { digestOfInputs } from "../../data/input-digests.ts";
import { digestFiles } from "../../data/snapshot-files.ts";
import type { Ports } from "../../ports/index.ts";
import { asOwnRows } from "@refit/core/spec";
import type { SnapshotFile } from "../../products/snapshot.ts";
import type { Context } from "../../products/context.ts";
import { digestsOfImport } from "../../versions/imported-model.ts";
import { inputFolders } from "../remake/input-folders.ts";
import { mostCommits, newestWith } from "../remake/newest-with.ts";
import { contextAt } from "./context-at.ts";

type BaseCommitPorts = Pick<Ports, "ancestry" | "files" | "git" | "learners" | "out" | "sources">;

/** A folder under test, and where it is. */
export interface FoundFolder {
  readonly head: string;
  /** From the root: that of the champion, or of a canary. */
  readonly folder: string;
  /** Of a canary, what stands beside it; left out: it is a champion. */
  readonly rollout?: RolloutFile;
  readonly treeId: string;
  /** As its lineage claims: it helps to find the commit, and is believed in nothing. */
  readonly inputDigest: string;
  /** What people say of the model in it, claimed, too. */
  readonly card: CardWords | undefined;
  /** sha256 of the file that was imported; left out: none was. */
  readonly imported?: string | null;
}

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
  const brought = await bringingCommit(ports, found.folder, found);
  const start = brought && (await ports.ancestry.mergeBase(brought, repository.baseCommit));
  const sought = {
    signature: async (commit: string) =>
      `${await ports.git.resolve(`${commit}:${specPath(request.model, repository)}`)} ${await inputFolders(ports, context, commit)}`,
    matches: async (commit: string) => {
      const inputs = await inputsAt(ports, context, commit);
      if (inputs === null) return false;
      const { digests, card } = inputs;
      const { input } = found.imported ? digestsOfImport(digests, found.imported) : digests;
      return input === found.inputDigest && sameCard(card, found.card);
    },
  };
  return start && ((await newestWith(ports, start, sought)) ?? start);
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

/** `null`: then there was no model, or one that cannot be read. */
async function inputsAt(
  ports: BaseCommitPorts,
  context: Context,
  commit: string,
): Promise<{ readonly digests: InputDigests; readonly card: CardWords | undefined } | null> {
  try {
    const { repository, spec, manifest } = (await contextAt(ports, context, commit)).context;
    const { files } = await ports.sources.list(repository, manifest, { workTree: false });
    const tables = new Map<string, readonly SnapshotFile[]>();
    for (const table of manifest.tables ?? []) {
      const listing = await ports.sources.list(repository, asOwnRows(table, manifest), { workTree: false });
      tables.set(table.name, await digestFiles(ports, repository, listing.files));
    }
    const digests = digestOfInputs(ports, context, { files: await digestFiles(ports, repository, files), tables });
    return { digests, card: spec.card };
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}
