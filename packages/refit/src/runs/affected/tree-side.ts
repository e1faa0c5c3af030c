import { type PathIndex, pathIndex } from "@refit/core/affected";
import type { WithLayout } from "@refit/core/spec";
import type { TreeChange } from "../../ports/changes.ts";
import type { TreeEntry } from "../../ports/git.ts";

/** The files of a commit. */
export interface TreeSide {
  readonly commit: string;
  /** Git object id by path. */
  readonly blobs: ReadonlyMap<string, string>;
  readonly index: PathIndex;
}

export function treeSide(commit: string, entries: readonly TreeEntry[], at: WithLayout): TreeSide {
  const blobs = new Map(entries.map(({ path, id }) => [path, id]));
  return { commit, blobs, index: pathIndex(blobs.keys(), at) };
}

/** The tree that a change begins at, out of the one that it ends at. */
export function sideBefore(after: TreeSide, commit: string, changes: readonly TreeChange[]): TreeSide {
  const blobs = new Map(after.blobs);
  for (const { path, before } of changes) {
    if (before === null) blobs.delete(path);
    else blobs.set(path, before);
  }
  return { commit, blobs, index: pathIndex(blobs.keys(), after.index) };
}
