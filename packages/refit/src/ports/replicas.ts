import type { Forge, Publisher } from "./forge.ts";
import type { Ancestry, Branches, Git, LargeFiles, Obstacles, RemoteRefs } from "./git.ts";
import type { Publication } from "./publication.ts";

/** What reaches a repository of refit's own: its git, and a forge that is local. */
export interface Replica {
  readonly git: Git;
  readonly ancestry: Ancestry;
  readonly branches: Branches;
  readonly publication: Publication;
  readonly remoteRefs: RemoteRefs;
  readonly obstacles: Obstacles;
  readonly largeFiles: LargeFiles;
  readonly forge: Forge;
  readonly publisher: Publisher;
}

/** Repositories of refit's own, in which a history is lived through again. Nothing leaves them. */
export interface Replicas {
  /** Opens the repository of a folder, and makes it where there is none. No branch is checked out. */
  open(folder: string, baseBranch: string): Promise<Replica>;
}
