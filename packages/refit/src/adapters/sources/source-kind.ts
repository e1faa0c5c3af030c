import type { Clock } from "../../ports/clock.ts";
import type { Repository } from "../../ports/repository.ts";
import type { SourceFile, Sources } from "../../ports/sources.ts";
import type { GitProcess } from "../git/git-process.ts";
import type { KnownDigest } from "./digest-cache.ts";
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

/** A file of a remote place that a row may name, listed and not read. */
export interface PlacedFile {
  /** As the place names it, such as `s3://bucket/pictures/1.png`. */
  readonly path: string;
  /** `null`: not known before it is brought. */
  readonly bytes: number | null;
  /** Changes whenever the bytes do. */
  readonly identity: string;
  /** Brings the bytes here, once for each version. @throws what `fetch` throws */
  bring(): Promise<KnownDigest & { readonly localPath: string }>;
}

/** Places that rows name files of, beside the data file that they stand in. */
export interface BesideFiles {
  /** Files in the folder of a data file and below it, by path; none where the kind of its place cannot list them. */
  rowFiles(
    repository: Repository,
    file: SourceFile,
    options: { readonly workTree: boolean },
  ): Promise<ReadonlyMap<string, PlacedFile>>;
}

/** The methods of the port that one kind has, and what only some kinds have. */
export type SourceReader = Omit<Sources, "schemes"> & Partial<BesideFiles>;

/** One place that data come from. Its readers get manifests that name only paths of its scheme. */
export interface SourceKind {
  /** As `schemeOf` reads it from a path: `https`; empty for files of the repository. */
  readonly scheme: string;
  open(world: SourceWorld): SourceReader;
}
