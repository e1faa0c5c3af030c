import path from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "@refit/core/errors";
import { type DataLimits, nearest } from "@refit/core/spec";
import { recallQuietRun } from "./adapters/disk/quiet-runs.ts";
import { forgeFor, forgeHelp, inPipeline } from "./adapters/forges/index.ts";
import type { Command } from "./commands/command.ts";
import { commonOptions, helpOf, overviewOf, otherWords } from "./commands/help.ts";
import { commandGroups, commands } from "./commands/index.ts";
import { printError } from "./print-error.ts";
import { version } from "./version.ts";
import type { Reach, World } from "./wiring.ts";

/** The word by which `refit run --parallel` starts its workers. */
const worker = "run-worker";

async function main(): Promise<void> {
  process.stdout.on("error", unlessClosed);
  process.stderr.on("error", unlessClosed);
  process.on("uncaughtException", endAtOnce);
  process.exitCode = await answer(process.argv.slice(2));
}

/**
 * An error that no promise could carry, such as that of a statement that nothing stops. Node's own exit waits for the thread that is
 * busy with it.
 */
function endAtOnce(error: unknown): void {
  const exitCode = printError(error, process.argv.includes("--json"));
  if (exitCode === 1) process.exit(exitCode);
  process.kill(process.pid, "SIGKILL");
}

/** Whoever reads the output may have read enough, as in `refit status | head -1`; the command goes on without. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** The door: words in, exit code out. Foreseen failures are printed with their hint, anything else is our bug. */
async function answer(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  try {
    if (name === undefined || name === "--help" || name === "-h") return await printHelp([]);
    if (name === "help") return await printHelp(rest);
    if (name === "version" || name === "--version" || name === "-v") return print(version);
    if (name === "complete" && (rest[0] === "--help" || rest[0] === "-h")) return await printHelp([name]);
    if (name === "complete") return await printCompletion(rest);
    if (name === worker && process.send !== undefined) {
      return await runCommand(await import("./commands/run-worker.ts"), rest, { isWorker: true });
    }
    return await runCommand(await commandCalled(name), rest, {
      command: { program: process.argv[1]!, words: rest, worker },
    });
  } catch (error) {
    return printError(error, words.includes("--json"));
  }
}

async function runCommand(
  command: Command,
  words: string[],
  place: Pick<World, "command" | "isWorker">,
): Promise<number> {
  const { values, positionals } = await parse(command, words);
  if (values["help"] === true) return print(helpOf(command, screenWidth()));
  const cwd = path.resolve(textOf(values["directory"]) ?? ".");
  const reach = reachOf(command, values, process.env);
  const openReach = async () => ({ git: await gitIn(cwd), publishes: reach.push === true });
  const known = borrowed(process.env)
    ? null
    : await command.recall?.((models) => recallQuietRun(cwd, models, openReach), positionals, values);
  if (known !== null && known !== undefined) return print(known);
  const { createPorts } = await import("./wiring.ts");
  const ports = await createPorts({
    cwd,
    // Where a command has a word of its own for it, the base branch is found.
    base: "base" in command.options ? null : textOf(values["base"]),
    now: textOf(values["now"]),
    json: values["json"] === true,
    forge: textOf(values["forge"]),
    ...reach,
    ...place,
    ...(await limitsOf(command, values)),
    env: process.env,
  });
  return command.run(ports, positionals, values);
}

/** Of a forge on a server git would need a login; it is never asked in this way. */
async function gitIn(folder: string) {
  const { gitProcess } = await import("./adapters/git/git-process.ts");
  return gitProcess(folder, process.env);
}

/** The schema that checks them is loaded only where there are some. */
async function limitsOf(command: Command, values: Parsed["values"]): Promise<{ limits?: Partial<DataLimits> }> {
  // Elsewhere `--limit` says how much is shown.
  if (!("memory" in command.options)) return {};
  const { memory, limit } = values as { readonly memory?: string; readonly limit?: readonly string[] };
  if (memory === undefined && limit === undefined) return {};
  const { limitsFrom } = await import("./commands/limits-from.ts");
  return { limits: limitsFrom({ memory, limit }, command.usage) };
}

/**
 * What may leave this machine. In a workflow run everything may; elsewhere a command that writes keeps it here, unless
 * `--push` says otherwise.
 */
function reachOf(
  command: Command,
  values: Parsed["values"],
  env: NodeJS.ProcessEnv,
): { readonly push?: boolean; readonly reach: Reach } {
  if (values["push"] === true && values["no-push"] === true) {
    throw new UsageError("--push and --no-push contradict each other.", command.usage);
  }
  if (values["offline"] === true) return { reach: "offline" };
  if (!("push" in command.options)) return { reach: command.asksForge === true ? "remote" : "named" };
  const push = values["push"] === true || (values["no-push"] !== true && inPipeline(env));
  if (values["dry-run"] === true) return { push: false, reach: "named" };
  return { push, reach: push ? "remote" : "clone" };
}

/** Somebody else's settings decide which repository is meant, or what is known only on a server. */
function borrowed(env: NodeJS.ProcessEnv): boolean {
  return env["GIT_DIR"] !== undefined || forgeFor(null, env).onServer;
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

async function parse(command: Command, words: string[]): Promise<Parsed> {
  try {
    const options = { ...command.options, ...commonOptions };
    return parseArgs({ args: words, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(
      optionProblem((error as Error).message, [...Object.keys(command.options), ...Object.keys(commonOptions)]),
      command.usage,
    );
  }
}

/** Node's own words, and the nearest option that there is. */
function optionProblem(message: string, known: readonly string[]): string {
  const [problem = ""] = message.split(". ");
  const wrong = /^Unknown option '--([^']*)'/.exec(problem)?.[1];
  const near = wrong === undefined ? undefined : nearest(wrong, known);
  return near === undefined ? problem : `${problem}. Did you mean "--${near}"?`;
}

async function printHelp(words: readonly string[]): Promise<number> {
  const [name] = words;
  if (name === undefined) return print(await overviewOf(commandGroups, forgeHelp, screenWidth()));
  const other = Object.entries(otherWords).find(([usage]) => usage.split(" ")[0] === name);
  if (other !== undefined) return print(`refit ${other[0]}\n\n${other[1]}`);
  return print(helpOf(await commandCalled(name), screenWidth()));
}

async function printCompletion(words: readonly string[]): Promise<number> {
  const { complete } = await import("./commands/complete.ts");
  const world = { cwd: process.cwd(), base: null, now: null, json: true, reach: "clone", env: process.env } as const;
  const openPorts = async () => (await import("./wiring.ts")).createPorts(world);
  process.stdout.write(await complete(words, openPorts));
  return 0;
}

/** Text beyond 100 characters a line is hard to read, however wide the screen is. */
const screenWidth = () => Math.min(100, Math.max(40, process.stdout.columns ?? 80));

async function commandCalled(name: string): Promise<Command> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load !== undefined) return load();
  const near = nearest(name, Object.keys(commands));
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  throw new UsageError(`There is no command "${name}".${meant}`, "refit <command> [options]; `refit help` lists them");
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

// Last, since a command may need any constant of this file at once.
void main();
