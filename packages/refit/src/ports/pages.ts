/**
 * Addresses for people and programs on the forge that keeps the shared repository. Made of names and ids: nothing is asked, so
 * that what one of them names may not be there.
 */
export interface RepositoryPages {
  /** Of the repository. */
  readonly home: string;
  commit(id: string): string;
  /** A folder, or the page of a file, at a commit. */
  tree(commit: string, path: string): string;
  /** The content of a file at a commit. */
  content(commit: string, path: string): string;
  release(tag: string): string;
  /** The pull request that the first line of a commit's message names; `null`: it names none. */
  pullRequest(subject: string): string | null;
}

export interface Pages {
  /** `null`: there is no remote, or no forge that refit knows keeps it. */
  find(): Promise<RepositoryPages | null>;
}
