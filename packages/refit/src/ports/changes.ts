/** A file that differs between two commits. */
export interface TreeChange {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  /** Git object id; `null`: there is no such file. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between commits, by content: nothing is read but trees. */
export interface Changes {
  /** @returns without files of which only the mode is another; a renamed file is one that is gone and one that is new. */
  between(from: string, to: string): Promise<readonly TreeChange[]>;
}
