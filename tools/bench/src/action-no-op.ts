import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { bootMachine, checkout, runAction, runStep, startHub, type Hub, type RunEvent } from "@refit/testkit";
import { median, type Measured, words } from "./measure.ts";
import { wideModel } from "./wide-model.ts";

const COLD = 5;
const WARM = 9;
const schedule: RunEvent = { name: "schedule", payload: { schedule: "17 3 * * *" } };
const elsewhere: RunEvent = {
  name: "push",
  ref: "refs/heads/main",
  payload: { repository: { default_branch: "trunk" } },
};

const execute = promisify(execFile);

/**
 * The built action when nothing changed, against a Node process that does nothing, as steps of a job. The machine, the clone
 * and the hub are there before the clock starts. Cold: an empty tool cache, into which the command that the action carries is
 * installed out of npm's own cache, which `npm ci` of this repository has filled.
 */
export async function benchActionNoOp(): Promise<Measured[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "refit-bench-action-"));
  const hub = await startHub({ empty: true });
  try {
    const action = path.join(folder, "action");
    await cp("action.yml", path.join(action, "action.yml"));
    await cp("packages/action/build", path.join(action, "packages/action/dist"), { recursive: true });
    await landModel(hub);
    const { stdout: npmCache } = await execute("npm", ["config", "get", "cache"]);
    const env = { PATH: process.env["PATH"] ?? "", npm_config_cache: npmCache.trim() };
    let runId = 0;

    /** @returns milliseconds of the step, and of a bare one on the same machine. */
    async function step(cache: string, decision: string, event = schedule) {
      const toolCache = path.join(folder, cache);
      const machine = await bootMachine({ hub, event, runId: (runId += 1), env, toolCache });
      try {
        const token = hub.tokens.bot;
        await checkout(machine, hub, { token, fetchDepth: 0, persistCredentials: false });
        const bare = await timedStep(() => runStep(machine, ["node", "-e", "0"]));
        const acted = await timedStep(() => runAction(machine, { folder: action, inputs: {}, token }));
        if (acted.end.exitCode !== 0 || acted.end.outputs["decision"] !== decision) {
          throw new Error(`The action did not end with ${decision}:\n${acted.end.log}`);
        }
        return { action: acted.milliseconds, bare: bare.milliseconds };
      } finally {
        await machine.dispose();
      }
    }

    await step("warm", "proposed");
    await hub.person.merge(1);
    await step("warm", "skipped");
    const cold = [];
    const warm = [];
    const idle = [];
    for (let i = 0; i < WARM; i++) {
      warm.push(await step("warm", "skipped"));
      idle.push(await step("warm", "skipped", elsewhere));
      if (i < COLD) cold.push(await step(`cold-${i}`, "skipped"));
    }
    return [
      row("nothing to do on a schedule (`promote`, then `run`), empty tool cache", cold),
      row("the same, its packages being in the tool cache", warm),
      row("an event that asks for no command", idle),
    ];
  } finally {
    await hub.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function row(what: string, runs: readonly { readonly action: number; readonly bare: number }[]): Measured {
  const action = median(runs.map((run) => run.action));
  const bare = median(runs.map((run) => run.bare));
  return {
    what: `The action: ${what}, over a bare \`node -e 0\``,
    refit: words(action),
    against: words(bare),
    ratio: action / bare,
    bar: "–",
    runs: runs.length,
  };
}

async function timedStep<T>(work: () => Promise<T>): Promise<{ readonly end: T; readonly milliseconds: number }> {
  const started = performance.now();
  const end = await work();
  return { end, milliseconds: performance.now() - started };
}

/** A model on tracked data, on the hub's main. */
async function landModel(hub: Hub): Promise<void> {
  const workspace = wideModel({ files: 3, rows: 1_000 });
  try {
    workspace.write(".gitignore", "");
    workspace.commitAll("Data");
    const header = `http.${hub.url}/.extraheader=${hub.authHeader(hub.tokens.person)}`;
    // Not in turn with the hub, which answers from this process.
    await execute("git", ["-c", header, "push", "--quiet", hub.gitUrl(), "HEAD:main"], { cwd: workspace.root });
  } finally {
    workspace.remove();
  }
}
