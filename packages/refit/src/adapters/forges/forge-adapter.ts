import type { Dashboard } from "../../ports/dashboard.ts";
import type { Diagnosis } from "../../ports/diagnosis.ts";
import type { Files } from "../../ports/files.ts";
import type { Forge, ForgeLimits, ForgeSettings, Publisher, Reviews } from "../../ports/forge.ts";
import type { Git } from "../../ports/git.ts";
import type { RepositoryPages } from "../../ports/pages.ts";
import type { PipelineTemplates } from "../../ports/pipelines.ts";
import type { Repository } from "../../ports/repository.ts";
import type { GitProcess } from "../git/git-process.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** How long to wait for a forge. Tests have less patience. */
export interface Patience {
  /** Milliseconds that stand for a second of waiting between tries. */
  readonly secondMs: number;
  /** Milliseconds after which a request without an answer is given up. */
  readonly timeoutMs: number;
  /** Keep the distance between writes that the forge asks for: seconds each. */
  readonly paced: boolean;
}

/** What git lacks to work with a forge, as environment variables: nothing is written to a configuration file. */
export interface GitSettings {
  /** What git needs to log in, for commands with a remote only. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Who commits, where nobody is configured. */
  readonly author: Readonly<Record<string, string>>;
}

/** What a forge is opened over. */
export interface ForgeParts {
  readonly env: Environment;
  readonly process: GitProcess;
  readonly git: Git;
  readonly files: Files;
  readonly notice: (sentence: string) => void;
  /** Whether proposals go to the remote; else they are complete in this clone. */
  readonly publishes: boolean;
  readonly patience?: Patience;
}

export interface OpenForge {
  readonly forge: Forge;
  readonly publisher: Publisher;
  readonly reviews: Reviews;
  readonly dashboard: Dashboard;
  readonly settings: ForgeSettings;
}

/** A forge, as the registry in `index.ts` lists it. Nothing heavy is loaded before the first question. */
export interface ForgeAdapter {
  /** The word after `--forge`. */
  readonly name: string;
  /** In sentences, such as `GitHub`. */
  readonly title: string;
  /** What proposals are there, where the name does not say it; for `--help`. */
  readonly about: string;
  /** When it is taken without being asked for, as in "github in GitHub Actions". */
  readonly where: string;
  /** Whether a run in this environment takes place there. */
  detect(env: Environment): boolean;
  /**
   * Outside of its pipelines: whether the shared repository is kept there, and what it would take to ask.
   *
   * @param address of the remote.
   * @returns `null`: it is kept elsewhere.
   */
  serves(
    address: string,
    env: Environment,
  ): { /** A clause; `null`: nothing. */ readonly missing: string | null } | null;
  /** Addresses of what is in the shared repository; `null`: it is kept elsewhere. @param address of the remote. */
  pages(address: string, env: Environment): RepositoryPages | null;
  /** Whether proposals live on a server, so that this machine alone cannot know that nothing changed. */
  readonly onServer: boolean;
  readonly limits: ForgeLimits;
  gitSettings(process: GitProcess, env: Environment): Promise<GitSettings>;
  open(parts: ForgeParts): OpenForge;
  /** `null`: nothing runs there. */
  readonly pipelines: PipelineTemplates | null;
  /** What the repository's own files, such as workflows, get wrong for this forge. */
  diagnose(git: Git, repository: Repository): Promise<readonly Diagnosis[]>;
}
