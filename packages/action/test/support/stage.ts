import { appendFile, cp, mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  bootMachine,
  checkout,
  runAction,
  startHub,
  temporaryFolder,
  temporaryRepository,
  type Hub,
  type HubEvent,
  type RunEvent,
  type StepEnd,
} from "@refit/testkit";
import { onTestFinished } from "vitest";
import { churnCsv, churnManifest, churnSpec } from "../../../refit/test/e2e/support/churn.ts";

export const repositoryRoot = fileURLToPath(new URL("../../../../", import.meta.url));

export interface RunOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly fetchDepth?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A hub with the model `churn`, a person at work in a clone, and the built action, alone in a folder. */
export interface Stage {
  readonly hub: Hub;
  /** Folder with action.yml and the built action, and nothing else. */
  readonly action: string;
  /** The person's clone. */
  readonly git: (...args: string[]) => Promise<string>;
  /** Commits files to main as a person and pushes. @returns the push event */
  land(files: Readonly<Record<string, unknown>>): Promise<RunEvent>;
  /** Runs the action on a fresh machine. */
  act(event: RunEvent, options?: RunOptions): Promise<StepEnd>;
  /** What the newest event of a kind would hand to a workflow. */
  newest(name: string, action?: string): Promise<RunEvent>;
  /** Calls that changed something since the last time this was asked, pushes as well. */
  writes(): string[];
}

export const schedule: RunEvent = { name: "schedule", payload: { schedule: "17 3 * * *" } };

export function month(number: number, rows = 300): Record<string, string> {
  const name = `2026-${String(number).padStart(2, "0")}`;
  return { [`data/churn/${name}.csv`]: churnCsv({ rows, from: `${name}-01`, seed: number }) };
}

export interface StageOptions {
  readonly spec?: object;
  /** Folder of the `node` that runs the action. */
  readonly nodeFolder?: string;
  /** `carried`: the workspace has no refit. */
  readonly refit?: "installed" | "carried";
  /** Nobody may read without the permission to, as in most companies. */
  readonly isPrivate?: boolean;
}

export async function openStage({
  spec = {},
  nodeFolder,
  refit = "installed",
  isPrivate = false,
}: StageOptions = {}): Promise<Stage> {
  const hub = await startHub({ settings: { private: isPrivate } });
  onTestFinished(() => hub.close());
  const action = await copyOfAction();
  const work = await temporaryRepository({ empty: true });
  await work.git("config", `http.${hub.url}/.extraheader`, hub.authHeader(hub.tokens.person));
  await work.git("remote", "add", "origin", hub.gitUrl());
  await work.git("fetch", "--quiet", "origin");
  await work.git("reset", "--quiet", "--hard", "origin/main");

  let runId = 100;
  let seen = 0;

  async function land(files: Readonly<Record<string, unknown>>): Promise<RunEvent> {
    await work.git("fetch", "--quiet", "origin");
    await work.git("reset", "--quiet", "--hard", "origin/main");
    for (const [name, content] of Object.entries(files)) {
      await work.write(name, typeof content === "string" ? content : JSON.stringify(content, null, 2));
    }
    await work.commit("Change", { at: Date.now() });
    await work.git("push", "--quiet", "origin", "HEAD:main");
    return newest("push");
  }

  const newest = (name: string, wanted?: string) => newestEvent(hub, name, wanted);

  async function act(event: RunEvent, options: RunOptions = {}): Promise<StepEnd> {
    const { inputs = {}, token = hub.tokens.bot, fetchDepth = 0, env = {} } = options;
    const machine = await bootMachine({
      hub,
      event,
      runId: (runId += 1),
      env: { PATH: process.env["PATH"] ?? "", npm_config_cache: process.env["npm_config_cache"] ?? "" },
      toolCache: path.join(repositoryRoot, "node_modules/.cache/refit/tool-cache"),
      ...(nodeFolder === undefined ? {} : { nodeFolder }),
    });
    try {
      await checkout(machine, hub, { token: token || hub.tokens.readOnly, fetchDepth, persistCredentials: false });
      if (refit === "installed") await installInto(machine.workspace);
      return await runAction(machine, { folder: action, inputs, token, env });
    } finally {
      await machine.dispose();
    }
  }

  const stage: Stage = {
    hub,
    action,
    git: work.git,
    land,
    act,
    newest,
    writes() {
      const since = hub.requests.slice(seen);
      seen = hub.requests.length;
      return since
        .filter(({ method, path: place }) => method !== "GET" && !/git-upload-pack|graphql/.test(place))
        .map(({ method, path: place, status }) => `${method} ${place} ${status}`);
    },
  };
  await stage.land({
    "models/churn/model.yaml": { ...churnSpec, retrain: { ...churnSpec.retrain, cooldownHours: 0 }, ...spec },
    "data-manifests/churn.yaml": churnManifest,
    ".gitattributes": "models/*/champion/** -text -merge\ndata/** -text\n",
    ...month(1),
    ...month(2),
  });
  stage.writes();
  return stage;
}

/** As `npm ci` does in a workspace that has refit in its package.json. */
async function installInto(workspace: string): Promise<void> {
  const modules = path.join(workspace, "node_modules");
  await mkdir(modules);
  await symlink(path.join(repositoryRoot, "packages/refit"), path.join(modules, "refit"));
  await appendFile(path.join(workspace, ".git/info/exclude"), "node_modules\n");
}

/** The action as GitHub will fetch it once this is committed, without anything of this repository beside it. */
export async function copyOfAction(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(path.join(repositoryRoot, "action.yml"), path.join(folder, "action.yml"));
  await cp(path.join(repositoryRoot, "packages/action/build"), path.join(folder, "packages/action/dist"), {
    recursive: true,
  });
  return folder;
}

/** What the newest event of a kind hands to a workflow. */
export async function newestEvent(hub: Hub, name: string, action?: string): Promise<RunEvent> {
  // The hub notices pushes when it is next asked.
  await fetch(`${hub.apiUrl}/repos/octo/demo/git/ref/heads/main`, {
    headers: { authorization: `Bearer ${hub.tokens.person}` },
  });
  const event = hub.events.findLast((each) => each.name === name && (action === undefined || each.action === action));
  if (event === undefined) throw new Error(`The hub has seen no ${name}`);
  return toRunEvent(event);
}

function toRunEvent({ name, payload }: HubEvent): RunEvent {
  const event = payload as {
    readonly ref?: string;
    readonly after?: string;
    readonly pull_request?: { number: number; head: { ref: string }; base: { ref: string } };
  };
  const pull = event.pull_request;
  if (pull === undefined) {
    return {
      name,
      payload,
      ref: event.ref ?? "refs/heads/main",
      ...(event.after === undefined ? {} : { sha: event.after }),
    };
  }
  return {
    name,
    payload,
    ref: `refs/pull/${pull.number}/merge`,
    headRef: pull.head.ref,
    baseRef: pull.base.ref,
  };
}
