import { readFileSync } from "node:fs";
import type { GitProcess } from "../../git/git-process.ts";
import { readRemotes, sharedRemote } from "../../git/remotes.ts";
import { ForgeRepositoryUnknownError, TokenMissingError } from "@refit/core/errors";
import type { PullRequestHead } from "../../../ports/forge.ts";
import type { Environment } from "../forge-adapter.ts";

/** Where GitHub is, which repository this is, and who speaks. */
export interface GithubSettings {
  /** Without a slash at the end; `https://<host>/api/v3` on an Enterprise server. */
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly token: string;
  /** The workflow run; `null` outside of GitHub Actions. */
  readonly run: RunStamp | null;
  /** The pull request that started the run; `null`: something else did. */
  readonly pullRequest: PullRequestHead | null;
}

/**
 * Tells an older run from a newer one. The id counts over all workflows of a repository, unlike the run number, and a
 * schedule and a push are often two workflows.
 */
export interface RunStamp {
  readonly id: number;
  readonly attempt: number;
}

/** @throws TokenMissingError, ForgeRepositoryUnknownError */
export function githubSettings(env: Environment): GithubSettings {
  const token = tokenOf(env);
  if (token === null) throw new TokenMissingError();
  const repository = env["GITHUB_REPOSITORY"] || undefined;
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository ?? "") ?? [];
  if (owner === undefined || repo === undefined) throw new ForgeRepositoryUnknownError(repository);
  const id = Number(env["GITHUB_RUN_ID"]);
  return {
    apiUrl: withoutSlash(env["GITHUB_API_URL"] || apiOf(serverUrl(env))),
    serverUrl: serverUrl(env),
    owner,
    repo,
    token,
    run: Number.isSafeInteger(id) && id > 0 ? { id, attempt: Number(env["GITHUB_RUN_ATTEMPT"]) || 1 } : null,
    pullRequest: pullRequestOf(env),
  };
}

export const tokenOf = (env: Environment) => env["REFIT_TOKEN"] || env["GITHUB_TOKEN"] || null;

export function serverUrl(env: Environment): string {
  return withoutSlash(env["GITHUB_SERVER_URL"] || "https://github.com");
}

const apiOf = (server: string) => (server === "https://github.com" ? "https://api.github.com" : `${server}/api/v3`);

/** The repository on GitHub, as `owner/name`, that an address of a remote means; `null`: it is kept elsewhere. */
export function repositoryAt(address: string, env: Environment): string | null {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/]+)\/(.+)$/i.exec(address) ??
    /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)(.+)$/.exec(address) ??
    [];
  const server = new URL(serverUrl(env));
  if (host === undefined || path === undefined) return null;
  // Of an ssh address the port is not the one of the pages.
  const isThere =
    [server.host, server.hostname].includes(host.toLowerCase()) || host.replace(/:\d+$/, "") === server.hostname;
  const name = path.replace(/\/+$/, "").replace(/\.git$/, "");
  return isThere && /^[\w.-]+\/[\w.-]+$/.test(name) ? name : null;
}

/** The environment with the repository that the clone's remote names, where no workflow run says it. */
export async function withRepository(git: GitProcess, env: Environment): Promise<Environment> {
  if (env["GITHUB_REPOSITORY"]) return env;
  const remotes = await readRemotes(git);
  const name = sharedRemote(remotes);
  const repository = name === null ? null : repositoryAt(remotes.get(name)!, env);
  return repository === null ? env : { ...env, GITHUB_REPOSITORY: repository };
}

/**
 * The commit that reviewers see is not HEAD, which GitHub makes of it and the base branch for the run. A merge queue
 * waits for its checks on a commit of its own, which somebody with write access has pushed.
 */
export function pullRequestOf(env: Environment): PullRequestHead | null {
  const file = env["GITHUB_EVENT_PATH"];
  const name = env["GITHUB_EVENT_NAME"] ?? "";
  if (!file || !eventsOfCommits.test(name)) return null;
  const event = JSON.parse(readFileSync(file, "utf8")) as CommitEvent;
  const repository = env["GITHUB_REPOSITORY"];
  const { head, from } = commitOf(name, event);
  // Whose commit it is, an event that cannot be read does not say: then nobody is trusted.
  if (typeof head !== "string") return { head: env["GITHUB_SHA"] ?? "", fromFork: true };
  return { head, fromFork: name !== "merge_group" && from !== repository };
}

/** Events of a commit that may be a stranger's, also those that GitHub runs with rights to write. */
const eventsOfCommits = /^(?:pull_request(?:_target|_review|_review_comment)?|merge_group|workflow_run)$/;

interface CommitEvent {
  readonly pull_request?: {
    readonly head?: { readonly sha?: string; readonly repo?: { readonly full_name?: string } | null };
  };
  readonly merge_group?: { readonly head_sha?: string };
  readonly workflow_run?: {
    readonly head_sha?: string;
    readonly head_repository?: { readonly full_name?: string } | null;
  };
}

function commitOf(name: string, event: CommitEvent): { readonly head: unknown; readonly from: string | undefined } {
  if (name === "merge_group") return { head: event.merge_group?.head_sha, from: undefined };
  if (name === "workflow_run") {
    const { head_sha: head, head_repository: from } = event.workflow_run ?? {};
    return { head, from: from?.full_name };
  }
  const head = event.pull_request?.head;
  return { head: head?.sha, from: head?.repo?.full_name };
}

const withoutSlash = (url: string) => url.replace(/\/+$/, "");
