/** What the task runner of a workspace knows of its projects. */
export interface ProjectGraph {
  /** Folder from the root of the repository, by the project's name. */
  readonly roots: ReadonlyMap<string, string>;
  /** Names of the projects that a project depends on, without those that these depend on. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

export interface ProjectGraphs {
  /**
   * The graph of the work tree.
   *
   * @returns `null`: no task runner there knows models; `problem`: it does, and cannot say, as a sentence.
   */
  read(root: string): Promise<ProjectGraph | { readonly problem: string } | null>;
}
