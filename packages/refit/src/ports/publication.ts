/** What leaves this machine, and what could. */
export interface Publication {
  /** `false`: nothing is pushed, and no forge is written to. */
  readonly allowed: boolean;
  /** Why the forge that keeps the remote is not asked, as a sentence; `null`: it is, or there is none. */
  readonly unasked: string | null;
  /** What this command has pushed, or has kept here instead, each name once. */
  refs(): readonly string[];
  /** Counts what a worker has pushed or kept as this command's. */
  include(refs: readonly string[]): void;
  /** The remote with its address, such as `origin (https://github.com/acme/models)`. */
  destination(): Promise<string>;
}
