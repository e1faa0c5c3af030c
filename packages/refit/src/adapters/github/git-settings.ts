import type { GitProcess } from "../git-process.ts";
import { serverUrl, tokenOf, type Environment } from "./settings.ts";

const asked = "^(credential(\\..*)?\\.helper|http\\..*\\.?extraheader|remote\\..*\\.(push)?url|user\\.(name|email))$";

export interface GitSettings {
  /** What git needs to log in to GitHub, for commands with a remote only. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Who commits, where nobody is configured: the bot of the workflow run. */
  readonly identity: Readonly<Record<string, string>>;
}

/**
 * What git lacks to work on GitHub, as environment variables: nothing is written to a configuration file, and no token
 * stands in an argument or an address.
 *
 * A login that somebody has configured, as actions/checkout does, is left alone: two would contradict each other.
 */
export async function gitSettings(git: GitProcess, env: Environment): Promise<GitSettings> {
  const { stdout } = await git.attempt(["config", "--show-scope", "--null", "--get-regexp", asked]);
  const entries = stdout
    .toString()
    .split("\0")
    .flatMap((field, i, all) => (i % 2 === 0 && all[i + 1] !== undefined ? [entryOf(field, all[i + 1]!)] : []));
  return {
    credentials: entries.some((entry) => isLogin(entry, serverUrl(env))) ? {} : login(env),
    identity: entries.some(({ key }) => key === "user.email") ? {} : workflowBot(env),
  };
}

interface Entry {
  readonly scope: string;
  readonly key: string;
  readonly value: string;
}

function entryOf(scope: string, line: string): Entry {
  const [key = "", ...value] = line.split("\n");
  return { scope, key, value: value.join("\n") };
}

function isLogin({ scope, key, value }: Entry, server: string): boolean {
  if (value === "") return false;
  if (key.endsWith(".extraheader")) return key.startsWith(`http.${server}`);
  if (key.endsWith(".helper")) return scope !== "system"; // one that came with git knows nothing yet
  return /^https?:\/\/[^/]*@/.test(value) && value.includes(`@${new URL(server).host}/`);
}

function login(env: Environment): Record<string, string> {
  const token = tokenOf(env);
  if (token === null) return {};
  const index = Number(env["GIT_CONFIG_COUNT"]) || 0;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return {
    GIT_CONFIG_COUNT: String(index + 1),
    [`GIT_CONFIG_KEY_${index}`]: `http.${serverUrl(env)}/.extraheader`,
    [`GIT_CONFIG_VALUE_${index}`]: `AUTHORIZATION: basic ${basic}`,
  };
}

function workflowBot(env: Environment): Record<string, string> {
  if (env["GITHUB_ACTIONS"] !== "true") return {};
  const name = "github-actions[bot]";
  const email = "41898282+github-actions[bot]@users.noreply.github.com";
  return {
    GIT_AUTHOR_NAME: env["GIT_AUTHOR_NAME"] || name,
    GIT_AUTHOR_EMAIL: env["GIT_AUTHOR_EMAIL"] || email,
    GIT_COMMITTER_NAME: env["GIT_COMMITTER_NAME"] || name,
    GIT_COMMITTER_EMAIL: env["GIT_COMMITTER_EMAIL"] || email,
  };
}
