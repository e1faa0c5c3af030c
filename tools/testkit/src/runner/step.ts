import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Machine } from "./machine.ts";

/** What a step left behind. */
export interface StepEnd {
  readonly exitCode: number | null;
  /** stdout and stderr, as they came. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** For the steps after it. */
  readonly env: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Workflow commands that the runner would act on: between `::stop-commands::` and its end there is none. */
  readonly commands: readonly WorkflowCommand[];
}

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const fileCommands = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"] as const;

/** Runs a program as a step: with fresh files for what it has to say, and nothing of this process's environment. */
export async function runStep(
  machine: Machine,
  argv: readonly [string, ...string[]],
  { env = {}, cwd = machine.workspace }: { env?: Readonly<Record<string, string>>; cwd?: string } = {},
): Promise<StepEnd> {
  const folder = join(machine.temp, "_runner_file_commands");
  await mkdir(folder, { recursive: true });
  const id = randomUUID();
  const files = Object.fromEntries(fileCommands.map((name) => [name, join(folder, `${name}_${id}`)]));
  for (const file of Object.values(files)) await writeFile(file, "");

  const { exitCode, log } = await run(argv, cwd, { ...machine.env, ...files, ...env });
  const read = (name: (typeof fileCommands)[number]) => readFile(files[name]!, "utf8");
  return {
    exitCode,
    log,
    outputs: keyValues(await read("GITHUB_OUTPUT")),
    env: keyValues(await read("GITHUB_ENV")),
    summary: await read("GITHUB_STEP_SUMMARY"),
    commands: commandsIn(log),
  };
}

function run([program, ...args]: readonly [string, ...string[]], cwd: string, env: Readonly<Record<string, string>>) {
  return new Promise<{ exitCode: number | null; log: string }>((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, log }));
  });
}

/** `name=value` and `name<<END … END`, as the runner reads them. */
export function keyValues(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const [, name, kind, rest] = /^([^=<]+)(=|<<)(.*)$/.exec(lines[i]!) ?? [];
    if (name === undefined || rest === undefined) continue;
    if (kind === "=") {
      values[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest, i + 1);
    if (end === -1) throw new Error(`The value of ${name} has no end ${rest}`);
    values[name] = lines.slice(i + 1, end).join("\n");
    i = end;
  }
  return values;
}

export function commandsIn(log: string): WorkflowCommand[] {
  const commands: WorkflowCommand[] = [];
  let stoppedBy: string | null = null;
  for (const line of log.split("\n")) {
    const [, name, properties = "", message = ""] = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (stoppedBy !== null) {
      if (name === stoppedBy) stoppedBy = null;
      continue;
    }
    if (name === "stop-commands") stoppedBy = message;
    else commands.push({ name, properties: propertiesIn(properties), message: unescape(message) });
  }
  return commands;
}

function propertiesIn(text: string): Record<string, string> {
  const pairs = text.split(",").filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [
        pair.slice(0, at),
        unescape(pair.slice(at + 1))
          .replaceAll("%3A", ":")
          .replaceAll("%2C", ","),
      ];
    }),
  );
}

const unescape = (text: string) => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
