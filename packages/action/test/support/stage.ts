import { appendFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  bootMachine,
  checkout,
  createPrepared,
  createRepository,
  runAction,
  startHub,
  type Hub,
  type HubEvent,
  type RunEvent,
  type StepEnd,
  type TemporaryRepository,
} from "@refit/testkit";
import { onTestFinished } from "vitest";
import { builtAction, preparedAction, repositoryRoot, type BuiltAction } from "./built-action.ts";
import { churnCsv, churnManifest, churnSpec } from "../../../refit/test/e2e/support/churn.ts";

export interface RunOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly fetchDepth?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A hub with the model `churn`, a person at work in a clone, and the built action, alone in a folder. */
export interface Stage extends BuiltAction {
  readonly hub: Hub;
  /** The person's clone. */
  readonly work: TemporaryRepository;
  /** In it. */
  readonly git: (...args: string[]) => Promise<string>;
  /** Commits files to main as a person and pushes. @returns the push event */
  land(files: Readonly<Record<string, unknown>>): Promise<RunEvent>;
  /** Runs the action on a fresh machine. */
  act(event: RunEvent, options?: RunOptions): Promise<StepEnd>;
  /** What the newest event of a kind would hand to a workflow. */
  newest(name: string, action?: string): Promise<RunEvent>;
  /** Calls that changed something since the last time this was asked, pushes as well. */
  writes(): string[];
  close(): Promise<void>;
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
  /** `carried`: the workspace has no refit, and the action installs its own. */
  readonly refit?: "installed" | "carried";
  /** Nobody may read without the permission to, as in most companies. */
  readonly isPrivate?: boolean;
  /** `true`: the model has a version that was proposed, merged and promoted. Its pull request is forgotten. */
  readonly live?: boolean;
}

/** A stage that closes when the running test ends. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const stage = await createStage(options);
  onTestFinished(stage.close);
  return stage;
}

/** As `openStage`, for `beforeAll`; the caller closes it. */
export async function createStage(options: StageOptions = {}): Promise<Stage> {
  const { spec = {}, isPrivate = false, live = false } = options;
  const hub = await startHub({ settings: { private: isPrivate } });
  const work = await createPrepared(`stage ${JSON.stringify({ spec, live })}`, () =>
    live ? makeLive(spec) : makeFirst(spec),
  );
  await pointTo(hub, work);
  await work.git("push", "--quiet", "origin", "refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*");
  const stage = await stageOf(hub, work, options);
  stage.writes();
  return stage;
}

/** A person's clone, with the model's settings and two months of data on main. */
async function makeFirst(spec: object): Promise<TemporaryRepository> {
  const work = await createRepository({ empty: true });
  const hub = await startHub();
  try {
    await work.git("config", `http.${hub.url}/.extraheader`, hub.authHeader(hub.tokens.person));
    await work.git("remote", "add", "origin", hub.gitUrl());
    const { land } = await stageOf(hub, work);
    await land({
      "models/churn/model.yaml": { ...churnSpec, retrain: { ...churnSpec.retrain, cooldownHours: 0 }, ...spec },
      "data-manifests/churn.yaml": churnManifest,
      ".gitattributes": "models/*/champion/** -text -merge\ndata/** -text\n",
      ...month(1),
      ...month(2),
    });
  } finally {
    await hub.close();
  }
  return work;
}

/** The same after a proposal, its merge and its promotion. */
async function makeLive(spec: object): Promise<TemporaryRepository> {
  const { hub, git, act, newest, close, work } = await createStage({ spec });
  await act(schedule, { inputs: { command: "run" } });
  await hub.person.merge(1);
  await act(await newest("push"));
  await git("fetch", "--quiet", "--tags", "origin", "+refs/heads/refit-ledger:refs/heads/refit-ledger", "main");
  await git("reset", "--quiet", "--hard", "origin/main");
  const kept = await work.copy();
  await close();
  return kept;
}

/** A clone's remote is the hub. */
async function pointTo(hub: Hub, { root }: TemporaryRepository): Promise<void> {
  const config = path.join(root, ".git/config");
  await writeFile(config, (await readFile(config, "utf8")).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, hub.url));
}

async function stageOf(
  hub: Hub,
  work: TemporaryRepository,
  { nodeFolder, refit = "installed" }: StageOptions = {},
): Promise<Stage> {
  const { action, toolCache } = await (refit === "carried" ? builtAction() : preparedAction());
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
      toolCache,
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

  return {
    hub,
    action,
    toolCache,
    work,
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
    async close() {
      await hub.close();
      await work.dispose();
    },
  };
}

/** As `npm ci` does in a workspace that has refit in its package.json. */
async function installInto(workspace: string): Promise<void> {
  const modules = path.join(workspace, "node_modules");
  await mkdir(modules);
  await symlink(path.join(repositoryRoot, "packages/refit"), path.join(modules, "refit"));
  await appendFile(path.join(workspace, ".git/info/exclude"), "node_modules\n");
}

/** What the newest event of a kind hands to a workflow. */
export async function newestEvent(hub: Hub, name: string, action?: string): Promise<RunEvent> {
  // The hub notices pushes when it is next asked.
  await fetch(`${hub.apiUrl}/repos/octo/demo/git/ref/heads/main`, {
    headers: { authorization: `Bearer ${hub.tokens.person}` },
  });
  const event = hub.events.findLast((each) => each.name === name && (action === undefined || each.action === action));
  if (event === undefined) throw new Error(`The hub has seen no ${name}`);
  return runEventOf(event);
}

/** Opens a pull request for main. @returns its number */
export async function openPull(hub: Hub, head: string, token: string = hub.tokens.person): Promise<number> {
  const answer = await fetch(`${hub.apiUrl}/repos/octo/demo/pulls`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ title: head, head, base: "main" }),
  });
  if (answer.status !== 201) throw new Error(`The hub opens no pull request: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { number: number }).number;
}

/** What an event hands to a workflow. */
export function runEventOf({ name, payload, ref, sha }: HubEvent): RunEvent {
  if (name === "merge_group") return { name, payload, ref, sha };
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
