import type { Diagnosis } from "./diagnosis.ts";
import type { Repository } from "./repository.ts";

/** What installs the packages of a workspace; `yarn1`: Yarn before version 2. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "yarn1";

export interface PipelineRequest {
  /** One of the template's kinds. */
  readonly kind: string;
  /** Where the pipeline takes refit from, such as `OWNER/refit@<commit>`. */
  readonly action: string;
  readonly baseBranch: string;
  /** Paths whose changes start a run, besides specs and manifests, such as `data/**`. */
  readonly dataPaths: readonly string[];
  /** For jobs that need the packages of the repository. */
  readonly packageManager: PackageManager;
  /** Whether the forge attests versions that went live, which needs rights of its own. */
  readonly attests: boolean;
  /** Whether the pages of `refit site` are published, in a pipeline of their own; left out: they are not. */
  readonly pages?: boolean;
  /** Whether a ticked box of the dashboard starts a run; left out: there is no dashboard. */
  readonly dashboard?: boolean;
  /** Name of the repository: pipelines of different ones do not all start in the same minute. */
  readonly name: string;
}

/** Ways to run refit on one forge. */
export interface PipelineTemplates {
  /** The first is the default. */
  readonly kinds: readonly string[];
  /** Those of them that can attest versions. */
  readonly attesting: readonly string[];
  /** Files by path. */
  files(request: PipelineRequest): Promise<ReadonlyMap<string, string>>;
  /** What a person has to set up on the forge before the first push, as a sentence. */
  readonly setup: string;
  /** What a person has to know and set up before pages are published, as sentences. */
  readonly pagesSetup: string;
  /** What to say where the user did not tell from whose repository the action comes. */
  readonly unknownAction: { readonly action: string; readonly sentence: string };
  /** The file that runs refit. */
  readonly file: string;
  /** Where such a file takes refit from; `null`: nowhere, or nobody has filled it in. */
  actionIn(text: string): string | null;
  /** How to pin an action, where others can change what its name stands for; `null`: they cannot. */
  unpinned(action: string): string | null;
}

/** Files of a repository that make forges run refit. */
export interface Pipelines {
  /** By the forge's name; forges that run nothing are left out. */
  readonly templates: ReadonlyMap<string, PipelineTemplates>;
  /** What the pipelines on the base branch get wrong, whichever forge is in use. Reads only. */
  diagnose(repository: Repository): Promise<readonly Diagnosis[]>;
}
