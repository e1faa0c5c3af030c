import type { Sources } from "../../ports/sources.ts";
import type { GitProcess } from "../git/git-process.ts";

/** One place that data come from. Its readers get manifests that name only paths of its scheme. */
export interface SourceKind {
  /** As `schemeOf` reads it from a path: `https`; empty for files of the repository. */
  readonly scheme: string;
  open(git: GitProcess): Omit<Sources, "schemes">;
}
