import type { ModelHistory } from "./read-history.ts";

/** An annotated tag that says something about a version. */
export interface VersionTag {
  readonly name: string;
  /** Git tree id of the version. */
  readonly treeId: string;
  readonly commit: string;
  /** Date of the tag, epoch milliseconds. */
  readonly at: number;
}

/** The stage of GTO that stands for what is live. */
const stage = "prod";

/**
 * History in the words of GTO (https://github.com/iterative/gto), a registry that is a fold over tags: `churn@v3.0.0`
 * registers the third version, `churn#prod#4` says that from then on this version was live, and `churn#prod!#5` that
 * none was. Each is a function of history alone, so that it may be made again at any time. A version that only a newer refit can read gets no tag here.
 *
 * @param name of the model, as one word.
 */
export function gtoTags(name: string, { versions, events }: ModelHistory): VersionTag[] {
  const registered = versions
    .filter((version) => version.broken === null && version.newerFormat === null)
    .map(({ number, treeId, sha, committedAt }) => ({
      name: `${name}@v${number}.0.0`,
      treeId,
      commit: sha,
      at: committedAt,
    }));
  const assigned: VersionTag[] = [];
  const assign = (mark: "" | "!", treeId: string, commit: string, at: number) => {
    assigned.push({ name: `${name}#${stage}${mark}#${assigned.length + 1}`, treeId, commit, at });
  };
  /** Commits by tree id of what GTO takes to be in the stage: the last one shows, those before it come back behind it. */
  const inStage = new Map<string, string>();
  for (const { kind, champion, commit } of events) {
    if (kind === "retired") {
      for (const [treeId, sha] of inStage) assign("!", treeId, sha, commit.committedAt);
      inStage.clear();
    } else if (kind !== "broken" && champion !== null && champion.treeId !== [...inStage.keys()].at(-1)) {
      assign("", champion.treeId, champion.sha, commit.committedAt);
      inStage.delete(champion.treeId);
      inStage.set(champion.treeId, champion.sha);
    }
  }
  // They keep their numbers in the row, which a newer refit gives to the same events.
  const unread = new Set(versions.flatMap(({ treeId, newerFormat }) => (newerFormat === null ? [] : [treeId])));
  return [...registered, ...assigned.filter(({ treeId }) => !unread.has(treeId))];
}
