import type { Clock } from "../../ports/clock.ts";
import type { Sources } from "../../ports/sources.ts";
import type { GitProcess } from "../git/git-process.ts";
import type { Network } from "./remote/http-client.ts";
import type { SourcePatience } from "./remote/patience.ts";

/** What a kind of source may use of the world. */
export interface SourceWorld {
  readonly git: GitProcess;
  /** Credentials are looked up here by the names that a manifest gives. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the run; left out: that of the machine. */
  readonly clock?: Clock | undefined;
  readonly patience?: SourcePatience | undefined;
  /** In place of the real one; for tests. */
  readonly network?: Network | undefined;
}

/** The methods of the port that one kind has. */
export type SourceReader = Omit<Sources, "schemes">;

/** One place that data come from. Its readers get manifests that name only paths of its scheme. */
export interface SourceKind {
  /** As `schemeOf` reads it from a path: `https`; empty for files of the repository. */
  readonly scheme: string;
  open(world: SourceWorld): SourceReader;
}
