import type { Arrivals } from "./arrivals.ts";
import type { Clock } from "./clock.ts";
import type { ContentCache } from "./content-cache.ts";
import type { Files, Scratch } from "./files.ts";
import type { Folders } from "./folders.ts";
import type { Forge, ForgeSettings, Publisher } from "./forge.ts";
import type { Ancestry, Branches, Git, LargeFiles, Obstacles, RemoteRefs } from "./git.ts";
import type { Learners } from "./learners.ts";
import type { Output } from "./output.ts";
import type { Pipelines } from "./pipelines.ts";
import type { Publication } from "./publication.ts";
import type { QuietRuns } from "./quiet-runs.ts";
import type { Replicas } from "./replicas.ts";
import type { Resampling } from "./resampling.ts";
import type { Sources } from "./sources.ts";
import type { Surveys } from "./surveys.ts";
import type { Tables } from "./tables.ts";
import type { WorkTree } from "./work-tree.ts";

/** The world as seen by the rooms. Every function returns plain values; adapters are wired in `wiring.ts`. */
export interface Ports {
  readonly clock: Clock;
  readonly git: Git;
  readonly ancestry: Ancestry;
  readonly branches: Branches;
  readonly publication: Publication;
  readonly remoteRefs: RemoteRefs;
  readonly obstacles: Obstacles;
  readonly largeFiles: LargeFiles;
  readonly forge: Forge;
  readonly publisher: Publisher;
  readonly forgeSettings: ForgeSettings;
  readonly pipelines: Pipelines;
  readonly files: Files;
  readonly folders: Folders;
  readonly workTree: WorkTree;
  readonly scratch: Scratch;
  readonly sources: Sources;
  readonly contentCache: ContentCache;
  readonly arrivals: Arrivals;
  readonly surveys: Surveys;
  readonly tables: Tables;
  readonly learners: Learners;
  readonly resampling: Resampling;
  readonly replicas: Replicas;
  readonly quiet: QuietRuns;
  readonly out: Output;
}
