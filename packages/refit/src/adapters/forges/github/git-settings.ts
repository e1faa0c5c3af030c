import type { GitProcess } from "../../git/git-process.ts";
import type { Environment, GitSettings } from "../forge-adapter.ts";
import { serverUrl, tokenOf } from "./settings.ts";

/**
 * What git lacks to work on GitHub, as environment variables: nothing is written to a configuration file, and no token
 * stands in an argument or an address.
 */
export async function gitSettings(git: GitProcess, env: Environment): Promise<GitSettings> {
  const email = (await git.config()).all("user.email").at(-1) ?? "";
  return {
    credentials: login(env),
    author: email === "" ? workflowBot(env) : {},
  };
}

/**
 * Pushes speak with the token that the API is asked with. The header that actions/checkout leaves behind holds another
 * one where a GitHub App's token was given to refit alone, and what that one pushes starts no workflow: for git, the
 * empty value takes back every header before it, and the environment is read last; git-lfs sends what is set for the
 * longest matching address only. For this server no helper of the user's is asked, nor a program that asks a person:
 * each would see the token in its environment.
 */
function login(env: Environment): Record<string, string> {
  const token = tokenOf(env);
  if (token === null) return {};
  const server = serverUrl(env);
  const repository = env["GITHUB_REPOSITORY"] || null;
  const addresses = [
    server,
    ...(repository === null ? [] : [`${server}/${repository}.git`, `${server}/${repository}`]),
  ];
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
  const settings = [
    ...addresses.flatMap((address) => ["", header].map((value) => [`http.${address}/.extraheader`, value])),
    [`credential.${server}.helper`, ""],
  ];
  const start = Number(env["GIT_CONFIG_COUNT"]) || 0;
  return {
    GIT_ASKPASS: "",
    GIT_CONFIG_COUNT: String(start + settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], i) => [
        [`GIT_CONFIG_KEY_${start + i}`, key],
        [`GIT_CONFIG_VALUE_${start + i}`, value],
      ]),
    ),
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
