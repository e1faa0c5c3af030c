import { canaryFolder, championFolder, rolloutPath, type ModelHistory } from "@refit/core/history";
import { canaryChange, type CanaryChange, type LiveFolders, type RolloutFile } from "@refit/core/judge";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { readLineage } from "../../versions/read-lineage.ts";
import { readRolloutFile } from "../../versions/rollout-file.ts";
import { decodeText } from "../../text.ts";

type CanaryPorts = Pick<Ports, "ancestry" | "files" | "git">;

/** What merging a commit does to the canary of a model, and what would be live then. */
export interface CanaryUnderTest {
  readonly change: CanaryChange;
  readonly after: LiveFolders;
}

/**
 * Compares the base branch with the result of a merge: what the commit leaves as it found it is as the base branch has it, so that a branch
 * that is behind changes nothing.
 */
export async function canaryUnderTest(
  ports: CanaryPorts,
  repository: Repository,
  { model, head, history }: { readonly model: string; readonly head: string; readonly history: ModelHistory },
): Promise<CanaryUnderTest> {
  const { baseCommit } = repository;
  const tip = await ports.git.resolve(`${head}^0`);
  const at = (commit: string) => foldersAt(ports, repository, model, commit);
  const [before, found] = [await at(baseCommit), await at(tip ?? head)];
  if ([before, found].every(({ canary, rollout }) => canary === null && rollout === null))
    return { change: { kind: "none" }, after: found };
  const fork = (tip && (await ports.ancestry.mergeBase(tip, baseCommit))) ?? baseCommit;
  const then = await at(fork);
  const after: LiveFolders = {
    champion: found.champion === then.champion ? before.champion : found.champion,
    canary: found.canary === then.canary ? before.canary : found.canary,
    rollout: isSameFile(found.rollout, then.rollout) ? before.rollout : found.rollout,
  };
  const parents = new Map<string, string | null>();
  for (const treeId of [before.canary, after.canary])
    if (treeId !== null)
      parents.set(
        treeId,
        (await readLineage(ports, repository, `${treeId}:lineage.json`).catch(() => null))?.parent ?? null,
      );
  const promotedWith = before.canary === null ? await promotionText(ports, repository, { model, history }) : null;
  const change = canaryChange(before, after, {
    versions: history.versions.map(({ treeId }) => treeId),
    parentOf: (treeId) => parents.get(treeId) ?? null,
    promotedWith: (treeId) => (treeId === before.champion ? promotedWith : null),
  });
  return { change, after };
}

async function foldersAt(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  model: string,
  commit: string,
): Promise<LiveFolders> {
  const [champion, canary] = await Promise.all(
    [championFolder(model, repository), canaryFolder(model, repository)].map((folder) =>
      ports.git.resolve(`${commit}:${folder}`),
    ),
  );
  return {
    champion: champion ?? null,
    canary: canary ?? null,
    rollout: await readRolloutFile(ports, repository, model, commit),
  };
}

function isSameFile(a: RolloutFile | null, b: RolloutFile | null): boolean {
  return a?.text === b?.text && a?.problem === b?.problem;
}

/** The `rollout.yaml` that the commit which made the live version the champion has taken away. */
async function promotionText(
  { git }: Pick<Ports, "git">,
  repository: Repository,
  { model, history }: { readonly model: string; readonly history: ModelHistory },
): Promise<string | null> {
  const commit = history.events.at(-1)?.commit.sha;
  if (commit === undefined) return null;
  const [bytes] = await git.read([`${commit}^:${rolloutPath(model, repository)}`]);
  return bytes ? decodeText(bytes) : null;
}
