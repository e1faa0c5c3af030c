import type { FolderCommit, TreeFacts } from "./version.ts";

/** Content that appeared on the base branch: the commit is where it appeared first. */
export interface ModelVersion extends FolderCommit, TreeFacts {
  readonly treeId: string;
  /** Counts first appearances, from 1. For display; the id is `treeId`. */
  readonly number: number;
}

/** A version that challengers are compared with. */
export interface Champion extends ModelVersion {
  /** When it went live, or was last put back; epoch milliseconds, UTC. */
  readonly since: number;
}

/**
 * - `promotion`: valid content that was never there before
 * - `rollback`: valid content that was there before, whoever put it back and however
 * - `broken`: content that is not what its own `lineage.json` says
 * - `retired`: the folder is gone
 */
export type HistoryEventKind = "promotion" | "rollback" | "broken" | "retired";

/** What one commit did to the model. */
export interface HistoryEvent {
  readonly commit: FolderCommit;
  readonly treeId: string | null;
  readonly number: number | null;
  readonly kind: HistoryEventKind;
  /** The comparison champion from this commit on; see `ModelHistory.champion`. */
  readonly champion: Champion | null;
}

export interface RolledBack {
  readonly version: ModelVersion;
  /** What replaced it; `null`: the folder was removed. */
  readonly to: ModelVersion | null;
  /** Epoch milliseconds, UTC. */
  readonly at: number;
}

export interface ModelHistory {
  /** By first appearance; `versions[n - 1].number === n`. */
  readonly versions: readonly ModelVersion[];
  /** One per commit, oldest first. */
  readonly events: readonly HistoryEvent[];
  /**
   * What a challenger is compared with: the version on the branch, or, while that one is broken, the last valid one.
   * `null` before the first valid version and after the folder was removed.
   */
  readonly champion: Champion | null;
  /** State of the branch's newest commit. */
  readonly state: "none" | "live" | "broken" | "retired";
  /** Champions that gave way to earlier content, or to none, and have not come back since; oldest first. */
  readonly rolledBack: readonly RolledBack[];
  /** Versions judged against another champion than the one that was live when they were promoted. */
  readonly stale: readonly ModelVersion[];
}

/**
 * Reads what happened to a model out of the commits that changed its champion folder.
 *
 * Only content counts: equal tree ids are the same version, so merge, squash, rebase, `git revert`, a revert button
 * and a hand-made restore need no help from messages or tags.
 *
 * @param commits first-parent line of the base branch, oldest first.
 * @param facts asked once for each tree id.
 */
export function readHistory(commits: readonly FolderCommit[], facts: (treeId: string) => TreeFacts): ModelHistory {
  const versions = new Map<string, ModelVersion>();
  const rolledBack = new Map<string, RolledBack>();
  const events: HistoryEvent[] = [];
  const stale: ModelVersion[] = [];
  let champion: Champion | null = null;

  for (const commit of commits) {
    const { treeId } = commit;
    const before: Champion | null = champion;
    const seen = treeId === null ? undefined : versions.get(treeId);
    const version = seen ?? firstAppearance(commit, versions.size + 1, facts);
    if (version !== null) versions.set(version.treeId, version);

    const kind = kindOf(version, seen !== undefined);
    if (version === null) champion = null;
    else if (kind !== "broken" && version.treeId !== before?.treeId) {
      champion = { ...version, since: commit.committedAt };
    }
    if (kind === "promotion" && version !== null && isStale(version, before)) stale.push(version);

    if (champion !== null) rolledBack.delete(champion.treeId);
    if (before !== null && before.number > (champion?.number ?? 0)) {
      const replaced = versions.get(before.treeId)!;
      rolledBack.set(before.treeId, { version: replaced, to: version, at: commit.committedAt });
    }
    events.push({ commit, treeId, number: version?.number ?? null, kind, champion });
  }

  return {
    versions: [...versions.values()],
    events,
    champion,
    state: stateAfter(events.at(-1)),
    rolledBack: [...rolledBack.values()],
    stale,
  };
}

/**
 * What was live at a time, epoch milliseconds. A commit takes effect at its own date, but never before the commits
 * under it: committer dates follow the clocks of several machines.
 */
export function liveAt(history: ModelHistory, time: number): Pick<ModelHistory, "champion" | "state"> {
  let last: HistoryEvent | undefined;
  for (const event of history.events) {
    if (event.commit.committedAt > time) break;
    last = event;
  }
  return { champion: last?.champion ?? null, state: stateAfter(last) };
}

function firstAppearance(
  { sha, committedAt, author, subject, treeId }: FolderCommit,
  number: number,
  facts: (treeId: string) => TreeFacts,
): ModelVersion | null {
  if (treeId === null) return null;
  const { broken, parent, inputDigest, newerFormat } = facts(treeId);
  return { number, treeId, sha, committedAt, author, subject, broken, parent, inputDigest, newerFormat };
}

/** Of a version that only a newer refit can read nobody here knows what it was judged against. */
function isStale({ parent, newerFormat }: ModelVersion, before: Champion | null): boolean {
  return newerFormat === null && parent !== (before?.treeId ?? null);
}

function kindOf(version: ModelVersion | null, seen: boolean): HistoryEventKind {
  if (version === null) return "retired";
  if (version.broken !== null) return "broken";
  return seen ? "rollback" : "promotion";
}

function stateAfter(event: HistoryEvent | undefined): ModelHistory["state"] {
  if (event === undefined) return "none";
  return event.kind === "promotion" || event.kind === "rollback" ? "live" : event.kind;
}
