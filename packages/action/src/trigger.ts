import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

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
  /** Files that a push changed; `null`: it is no push, or the clone is too short to tell. */
  readonly changed: readonly string[] | null;
  readonly pullRequest: { readonly base: string; readonly fromFork: boolean; readonly merged: boolean } | null;
  /** Login of the person who started it by hand; `null`: nobody did. */
  readonly startedBy: string | null;
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

type Environment = Readonly<Record<string, string | undefined>>;

/** @param workspace the checked-out repository. */
export async function readTrigger(env: Environment, workspace: string, baseInput: string | null): Promise<Trigger> {
  const event = env["GITHUB_EVENT_NAME"] ?? "";
  const payload = await readPayload(env["GITHUB_EVENT_PATH"]);
  // A schedule's event says little, but it always runs on the default branch.
  const scheduled = event === "schedule" ? env["GITHUB_REF_NAME"] : undefined;
  const pull = payload.pull_request;
  return {
    event,
    action: payload.action ?? null,
    ref: env["GITHUB_REF"] ?? "",
    baseBranch: baseInput ?? payload.repository?.default_branch ?? scheduled ?? null,
    changed: event === "push" ? await changedFiles(env, workspace, payload) : null,
    pullRequest:
      pull === undefined
        ? null
        : {
            base: pull.base?.ref ?? "",
            fromFork: pull.head?.repo?.full_name !== env["GITHUB_REPOSITORY"],
            merged: pull.merged === true,
          },
    startedBy: event === "workflow_dispatch" ? personIn(payload, env) : null,
  };
}

async function readPayload(path: string | undefined): Promise<Payload> {
  if (path === undefined || path === "") return {};
  return JSON.parse(await readFile(path, "utf8")) as Payload;
}

function personIn({ sender }: Payload, env: Environment): string | null {
  const login = sender?.login ?? env["GITHUB_TRIGGERING_ACTOR"] ?? null;
  return login === null || sender?.type === "Bot" || login.endsWith("[bot]") ? null : login;
}

const objectId = /^[0-9a-f]{40,64}$/;

async function changedFiles(env: Environment, cwd: string, { before = "", after = "" }: Payload) {
  if (!objectId.test(before) || !objectId.test(after)) return null;
  try {
    const { stdout } = await execute("git", ["diff", "--name-only", "--no-renames", "-z", before, after, "--"], {
      cwd,
      env: { ...env, GIT_OPTIONAL_LOCKS: "0" },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.split("\0").filter(Boolean);
  } catch {
    return null; // a new branch, a forced push, or a clone that lacks the commit
  }
}
