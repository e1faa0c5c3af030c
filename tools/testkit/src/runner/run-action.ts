import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { interpolate } from "./expressions.ts";
import type { Machine } from "./machine.ts";
import { runStep, type StepEnd } from "./step.ts";

interface ActionFile {
  readonly inputs?: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export interface ActionCall {
  /** Folder that holds action.yml. */
  readonly folder: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** What `github.token` is. */
  readonly token: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a JavaScript action as the runner does. @throws for an input that action.yml does not name */
export async function runAction(machine: Machine, { folder, inputs, token, env = {} }: ActionCall): Promise<StepEnd> {
  const action = parse(await readFile(join(folder, "action.yml"), "utf8")) as ActionFile;
  const declared = action.inputs ?? {};
  const unknown = Object.keys(inputs).find((name) => !Object.hasOwn(declared, name));
  if (unknown !== undefined) throw new Error(`Unexpected input "${unknown}"`);

  const contexts = { github: { token } };
  const given = Object.entries(declared).map(([name, { default: value }]) => [
    `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
    inputs[name] ?? interpolate(value, contexts),
  ]);
  const end = await runStep(machine, ["node", join(folder, action.runs.main)], {
    env: { ...env, ...Object.fromEntries(given), GITHUB_ACTION_PATH: folder },
  });
  const odd = Object.keys(end.outputs).find((name) => !Object.hasOwn(action.outputs ?? {}, name));
  if (odd !== undefined) throw new Error(`action.yml does not name the output "${odd}"`);
  return end;
}
