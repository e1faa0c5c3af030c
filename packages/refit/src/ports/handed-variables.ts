/** What a person hands to refit outside of the command line, so that no list of processes shows it. */
export interface HandedVariables {
  /** @returns `null` where the environment has no variable of this name. */
  valueOf(name: string): string | null;
}
