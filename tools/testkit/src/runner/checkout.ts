import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Hub } from "../hub/index.ts";
import type { Machine } from "./machine.ts";

const execute = promisify(execFile);

export interface CheckoutOptions {
  readonly token: string;
  /** 0: all history of all branches and tags. */
  readonly fetchDepth: number;
  readonly persistCredentials: boolean;
}

/** Does to an empty workspace what actions/checkout does. */
export async function checkout(machine: Machine, hub: Hub, options: CheckoutOptions): Promise<void> {
  const git = (...args: string[]) => execute("git", args, { cwd: machine.workspace, env: machine.env });
  const { GITHUB_REF: ref = "", GITHUB_SHA: sha = "" } = machine.env;
  const pull = /^refs\/pull\/(\d+)\/merge$/.exec(ref)?.[1];
  const header = ["-c", `http.${hub.url}/.extraheader=${hub.authHeader(options.token)}`];

  await git("init", "--quiet", "--initial-branch=main");
  await git("remote", "add", "origin", hub.gitUrl());
  const all = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"];
  const depth = options.fetchDepth === 0 ? [] : [`--depth=${options.fetchDepth}`];
  const wanted = pull === undefined ? ref : `refs/pull/${pull}/merge`;
  const local =
    pull === undefined ? ref.replace("refs/heads/", "refs/remotes/origin/") : `refs/remotes/pull/${pull}/merge`;
  const refs = options.fetchDepth === 0 ? all : [];
  await git(...header, "fetch", "--quiet", "--no-tags", ...depth, "origin", ...refs, `+${wanted}:${local}`);
  const target = pull === undefined && !/^0+$/.test(sha) ? sha : local;
  if (pull === undefined) await git("checkout", "--quiet", "-B", ref.replace("refs/heads/", ""), target);
  else await git("checkout", "--quiet", "--detach", local);
  if (options.persistCredentials) {
    await git("config", `http.${hub.url}/.extraheader`, hub.authHeader(options.token));
  }
}
