import { execFile } from "node:child_process";
import type { ProcessEnvironment } from "./child-environment.ts";
import { promisify } from "node:util";
import { childEnvironment } from "@refit/core/errors";

const execute = promisify(execFile);

/** What started the workflow, reduced to what matters here. */
export interface Trigger {
  /** Such as `push`. */
  readonly event: string;
  /** The event's activity, such as `opened`. */
  readonly action: string | null;
  readonly ref: string;
  /** `null`: the event does not tell. */
  readonly baseBranch: string | null;
  /** Files that a push changed; `null`: it is not a push, or this clone does not show what changed. */
  readonly changed: readonly string[] | null;
  readonly pullRequest: { readonly base: string; readonly fromFork: boolean; readonly merged: boolean } | null;
  /** Login of the person who started it by hand; `null`: nobody did. */
  readonly startedBy: string | null;
}

/** What GitHub says about a run of a workflow. */
export interface RunEvent {
  /** Such as `push`. */
  readonly name: string;
  /** Such as `refs/heads/main`. */
  readonly ref: string;
  /** Such as `acme/models`. */
  readonly repository: string;
  /** Login of whoever the run is by. */
  readonly actor: string;
  readonly payload: Payload;
}

interface Payload {
  readonly action?: string;
  readonly before?: string;
  readonly after?: string;
  readonly repository?: { readonly default_branch?: string };
  readonly sender?: { readonly login?: string; readonly type?: string };
  readonly pull_request?: {
    readonly merged?: boolean;
    readonly base?: { readonly ref?: string };
    readonly head?: { readonly repo?: { readonly full_name?: string } | null };
  };
}

/** @param clone the checked-out repository, and the environment for git in it. */
export async function readTrigger(
  event: RunEvent,
  clone: { readonly folder: string; readonly env: ProcessEnvironment },
  baseInput: string | null,
): Promise<Trigger> {
  const { name, payload } = event;
  // A schedule's event says little, but it always runs on the default branch.
  const scheduled = name === "schedule" ? event.ref.replace(/^refs\/heads\//, "") : undefined;
  const pull = payload.pull_request;
  return {
    event: name,
    action: payload.action ?? null,
    ref: event.ref,
    baseBranch: baseInput ?? payload.repository?.default_branch ?? scheduled ?? null,
    changed: name === "push" ? await changedFiles(payload, clone) : null,
    pullRequest:
      pull === undefined
        ? null
        : {
            base: pull.base?.ref ?? "",
            fromFork: pull.head?.repo?.full_name !== event.repository,
            merged: pull.merged === true,
          },
    startedBy: name === "workflow_dispatch" ? personIn(event) : null,
  };
}

function personIn({ actor, payload: { sender } }: RunEvent): string | null {
  const login = sender?.login ?? actor;
  return login === "" || sender?.type === "Bot" || login.endsWith("[bot]") ? null : login;
}

const objectId = /^[0-9a-f]{40,64}$/;

async function changedFiles(
  { before = "", after = "" }: Payload,
  { folder, env }: { readonly folder: string; readonly env: ProcessEnvironment },
): Promise<string[] | null> {
  if (!objectId.test(before) || !objectId.test(after)) return null;
  try {
    const { stdout } = await execute("git", ["diff", "--name-only", "--no-renames", "-z", before, after, "--"], {
      cwd: folder,
      env: { ...childEnvironment(env, [/^GIT_\w+$/]), GIT_OPTIONAL_LOCKS: "0" },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.split("\0").filter(Boolean);
  } catch {
    return null; // a new branch, a forced push, or a clone that lacks the commit
  }
}
