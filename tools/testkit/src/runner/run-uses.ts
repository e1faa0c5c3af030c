import { cp, mkdir } from "node:fs/promises";
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
      await cp(place(), artifact, { recursive: true, errorOnExist: !overwrite, force: overwrite, filter });
      return done;
    }
    case "actions/download-artifact":
      await mkdir(place(), { recursive: true });
      await cp(join(standIns.artifacts, inputs["name"] ?? "artifact"), place(), { recursive: true });
      return done;
    default:
      throw new Error(`Nothing stands in for ${uses}`);
  }
}
