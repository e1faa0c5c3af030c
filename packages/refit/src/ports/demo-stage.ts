/** What the demo is played with: files that the package brings. */
export interface DemoMaterial {
  /** `data-manifests/birdstrikes.yaml` and `models/birdstrikes/model.yaml`. */
  readonly manifest: string;
  readonly spec: string;
  /** CSV text of the reports of each year, with its header; years ascend. */
  readonly years: ReadonlyMap<number, string>;
}

/** What a command printed. */
export interface DemoAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository of the demo's own, at times that the story sets. Nothing of the user's settings for git counts in it. */
export interface DemoRepository {
  /** Absolute. */
  readonly folder: string;
  /** @param file with `/`, from the root of the repository. */
  write(file: string, text: string): Promise<void>;
  /** @param at ISO 8601, the time of what is committed. @returns stdout. @throws GitFailedError */
  git(at: string, args: readonly string[]): Promise<string>;
  /** Runs this command in a process of its own. Any exit code is an answer. */
  refit(at: string, args: readonly string[]): Promise<DemoAnswer>;
}

/** What `refit demo` needs beyond the repository that other commands work in. */
export interface DemoStage {
  material(): Promise<DemoMaterial>;
  /** Makes the folder and a repository in it, with a name for commits. */
  open(folder: string): Promise<DemoRepository>;
}
