import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { startGit, starter, temporaryFolder, type Hub, type HubOptions } from "@refit/testkit";
import { createPorts } from "../../../src/wiring.ts";
import { commands } from "../../../src/commands/index.ts";
import type { Flags } from "../../../src/commands/command.ts";
import type { Outcome } from "../../../src/products/outcome.ts";
import { churnScene, openScene } from "../../e2e/support/scene.ts";
import { impatient, temporaryHub, workflowEnv } from "./hub-world.ts";

const execute = promisify(execFile);

/** A person's clone and runs in fresh checkouts, as workflow runs have them, around one hub with the model `churn`. */
export async function hubScene(options: HubOptions & { spec?: object } = {}) {
  let now = () => Date.UTC(2026, 5, 1);
  const { repository: person } = await churnScene({ spec: options.spec ?? {} });
  const hub = await temporaryHub({ ...options, history: person.remote!, now: () => now() });
  await person.git("remote", "set-url", "origin", hub.bareRepository);
  // Past the hub's rules: its hook hears of them from the server alone.
  const env = { ...person.env, HUB_MAX_BYTES: "100000000" };
  const scene = await openScene({ ...person, env, remote: hub.bareRepository });
  now = () => Date.parse(scene.now());
  const checkouts = await temporaryFolder();
  let runs = 0;

  async function refit(name: string, args: readonly string[] = [], flags: Flags = {}, how: RunOptions = {}) {
    const { token = "bot", env: more = {}, ref = "main", base = null } = how;
    const cwd = path.join(await mkdtemp(path.join(checkouts, "run-")), "demo");
    const identity = Object.entries(person.env).filter(([key]) => !/^GIT_(AUTHOR|COMMITTER)/.test(key));
    const own = Object.fromEntries(identity);
    // Not through the hub: its faults are for what is tested.
    await startGit(["clone", "--quiet", hub.bareRepository, cwd], { cwd: checkouts, env: own });
    await startGit(["remote", "set-url", "origin", hub.gitUrl()], { cwd, env: own });
    if (ref !== "main") {
      await startGit(["fetch", "--quiet", hub.bareRepository, ref], { cwd, env: own });
      await startGit(["switch", "--quiet", "--detach", "FETCH_HEAD"], { cwd, env: own });
    }
    const world = { ...own, ...workflowEnv(hub, token, ++runs), ...more };
    const ports = await createPorts({
      cwd,
      base,
      now: scene.now(),
      json: true,
      starter,
      env: world,
      patience: impatient,
    });
    const printed: string[] = [];
    const notices: string[] = [];
    const out = {
      print: (line: string) => void printed.push(line),
      progress: () => {},
      notice: (sentence: string) => void notices.push(sentence),
    };
    // The forge's own notices go to the terminal; what commands say is caught.
    const command = await commands[name]!();
    const clock = { now: ports.clock.now, elapsed: () => 0, cpu: () => 0 };
    const exitCode = await command.run({ ...ports, clock, out }, args, { json: true, ...flags });
    return { exitCode, notices, result: JSON.parse(printed.join("\n")) as unknown };
  }

  async function run(flags: Flags = {}, how: RunOptions = {}): Promise<Outcome> {
    const { result } = await refit("run", ["churn"], flags, how);
    return (result as Outcome[])[0]!;
  }

  /** Rows of the ledger, as `<kind>`. */
  async function ledger(): Promise<string[]> {
    const { stdout } = await execute("git", ["-C", hub.bareRepository, "show", "refit-ledger:models/churn.jsonl"]);
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
  }

  async function tags(): Promise<string[]> {
    const { stdout } = await execute("git", ["-C", hub.bareRepository, "tag", "--list"]);
    return stdout.split("\n").filter(Boolean);
  }

  /** Brings the person's clone up to what was merged. */
  const pull = () => person.git("pull", "--quiet", "--ff-only", "origin", "main");

  return { hub, person, scene, refit, run, ledger, tags, pull };
}

interface RunOptions {
  readonly token?: keyof Hub["tokens"];
  readonly env?: Readonly<Record<string, string>>;
  /** What is checked out, such as `refs/pull/1/head`. */
  readonly ref?: string;
  /** The base branch, where it is named. */
  readonly base?: string;
}

export const writes = (hub: Hub) =>
  hub.requests.filter(
    ({ method, path: at }) =>
      (method !== "GET" && at !== "/graphql" && !at.includes("git-upload-pack")) || at.includes("git-receive-pack"),
  );
