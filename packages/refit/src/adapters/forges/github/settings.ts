import { readFileSync } from "node:fs";
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
    apiUrl: withoutSlash(env["GITHUB_API_URL"] || "https://api.github.com"),
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

/**
 * The commit that reviewers see is not HEAD, which GitHub makes of it and the base branch for the run. A merge queue
 * waits for its checks on a commit of its own, which somebody with write access has pushed.
 */
export function pullRequestOf(env: Environment): PullRequestHead | null {
  const file = env["GITHUB_EVENT_PATH"];
  const name = env["GITHUB_EVENT_NAME"];
  if ((name !== "pull_request" && name !== "merge_group") || !file) return null;
  const event = JSON.parse(readFileSync(file, "utf8")) as {
    pull_request?: { head?: { sha?: string; repo?: { full_name?: string } | null } };
    merge_group?: { head_sha?: string };
  };
  if (name === "merge_group") {
    const head = event.merge_group?.head_sha;
    return typeof head === "string" ? { head, fromFork: false } : null;
  }
  const head = event.pull_request?.head;
  if (typeof head?.sha !== "string") return null;
  return { head: head.sha, fromFork: head.repo?.full_name !== env["GITHUB_REPOSITORY"] };
}

const withoutSlash = (url: string) => url.replace(/\/+$/, "");
