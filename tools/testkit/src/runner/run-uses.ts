import { cp, mkdir, readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Hub } from "../hub/index.ts";
import { checkout } from "./checkout.ts";
import type { Machine } from "./machine.ts";
import { runAction } from "./run-action.ts";
import type { StepEnd } from "./step.ts";

/** What stands in for actions that cannot be fetched here. */
export interface StandIns {
  /** Folder of an action by its name without version, such as `OWNER/refit`. `./` is the workspace's own. */
  readonly actions: Readonly<Record<string, string>>;
  /** Where artifacts are kept between the jobs of one run. */
  readonly artifacts: string;
}

export interface UsesRequest {
  readonly hub: Hub;
  readonly machine: Machine;
  readonly standIns: StandIns;
  readonly token: string;
  readonly uses: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

const done: StepEnd = { exitCode: 0, log: "", outputs: {}, env: {}, summary: "", commands: [] };

/** Runs a step that `uses` an action: ours for real, the well-known ones by what they do to a workspace. */
export async function runUses(request: UsesRequest): Promise<StepEnd> {
  const { hub, machine, standIns, token, uses, inputs, env } = request;
  const [name = ""] = uses.split("@");
  const folder = standIns.actions[name] ?? (name.startsWith("./") ? resolve(machine.workspace, name) : undefined);
  if (folder !== undefined) return runAction(machine, { folder, inputs, token, env });
  const place = () => resolve(machine.workspace, inputs["path"] ?? ".");
  switch (name) {
    case "actions/checkout":
      await checkout(machine, hub, {
        token: inputs["token"] ?? token,
        fetchDepth: Number(inputs["fetch-depth"] ?? 1),
        persistCredentials: inputs["persist-credentials"] !== "false",
      });
      return done;
    case "actions/setup-node":
      return done;
    case "actions/upload-artifact": {
      const artifact = join(standIns.artifacts, inputs["name"] ?? "artifact");
      const overwrite = inputs["overwrite"] === "true";
      // Hidden files stay behind, unless they are asked for.
      const filter = (file: string) => inputs["include-hidden-files"] === "true" || !basename(file).startsWith(".");
      if (!(await hasFiles(place()))) return { ...done, exitCode: inputs["if-no-files-found"] === "error" ? 1 : 0 };
      await cp(place(), artifact, { recursive: true, errorOnExist: !overwrite, force: overwrite, filter });
      return done;
    }
    case "actions/download-artifact":
      await mkdir(place(), { recursive: true });
      for (const artifact of await artifactsFor(standIns.artifacts, inputs)) {
        await cp(join(standIns.artifacts, artifact), place(), { recursive: true });
      }
      return done;
    default:
      throw new Error(`Nothing stands in for ${uses}`);
  }
}

async function hasFiles(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.some((entry) => entry.isFile());
}

/** One by its name, or all whose names begin as `pattern` does, into one folder. */
async function artifactsFor(kept: string, inputs: Readonly<Record<string, string>>): Promise<string[]> {
  const { name, pattern } = inputs;
  if (name !== undefined || pattern === undefined) return [name ?? "artifact"];
  if (!pattern.endsWith("*") || inputs["merge-multiple"] !== "true")
    throw new Error(`Nothing stands in for ${pattern}`);
  return (await readdir(kept)).filter((each) => each.startsWith(pattern.slice(0, -1))).sort();
}
