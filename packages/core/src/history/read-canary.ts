import type { ModelHistory, ModelVersion } from "./read-history.ts";

/** A version in the folder of the canary on the base branch. */
export interface Canary {
  readonly treeId: string;
  /** When the first-parent line has got it, epoch milliseconds, UTC. */
  readonly since: number;
  /** The champion that it was compared with; `null`: it does not say. */
  readonly parent: string | null;
  readonly inputDigest: string | null;
  /** Why it is not what its own `lineage.json` says; `null`: it is. */
  readonly broken: string | null;
}

/** A canary that was taken away, and has not become the champion. */
export interface StoppedCanary {
  readonly version: ModelVersion;
  /** Epoch milliseconds, UTC. */
  readonly at: number;
}

export interface CanaryHistory {
  /** `null`: none is there. */
  readonly running: Canary | null;
  /** Oldest first. One that came back, or was replaced by another canary, is not among them. */
  readonly stopped: readonly StoppedCanary[];
}

/**
 * Reads what happened to the canaries of a model. Only content counts, as with champions: what left the folder and is among the versions of
 * the champion was promoted, what left it otherwise was stopped.
 *
 * @param folder what happened to the folder of the canary, read as if it were the champion's.
 * @param champions what happened to the champion.
 */
export function readCanary(folder: ModelHistory, champions: Pick<ModelHistory, "versions">): CanaryHistory {
  const promoted = new Set(champions.versions.map(({ treeId }) => treeId));
  const stopped = new Map<string, StoppedCanary>();
  let before: ModelVersion | null = null;
  for (const { commit, number } of folder.events) {
    const version = number === null ? null : folder.versions[number - 1]!;
    if (version !== null) stopped.delete(version.treeId);
    else if (before !== null && !promoted.has(before.treeId))
      stopped.set(before.treeId, { version: before, at: commit.committedAt });
    before = version;
  }
  return { running: before && runningCanary(before, folder), stopped: [...stopped.values()] };
}

function runningCanary({ treeId, parent, inputDigest, broken }: ModelVersion, { events }: ModelHistory): Canary {
  return { treeId, since: events.at(-1)!.commit.committedAt, parent, inputDigest, broken };
}
