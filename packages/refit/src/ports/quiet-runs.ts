import type { Repository } from "./repository.ts";

/** A run that found nothing new for any model, and said nothing else. */
export interface QuietRun {
  /** As named on the command line; none: all. */
  readonly models: readonly string[];
  /** How each run ended, as `--json` prints it. */
  readonly outcomes: readonly object[];
}

/** Memory of the last quiet run, so that the door can answer the next one without asking git. */
export interface QuietRuns {
  /** @param watched absolute paths of files and folders that the run looked at, besides git's own. */
  remember(repository: Repository, run: QuietRun, watched: readonly string[]): Promise<void>;
}
