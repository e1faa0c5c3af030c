import { fileURLToPath } from "node:url";
import path from "node:path";
import { endGroup, info, setFailed, startGroup } from "@actions/core";
import { context } from "@actions/github";
import { redact } from "@refit/core/errors";
import { stepsAskedFor, type CommandStep } from "./asked-steps.ts";
import { argumentsOf } from "./arguments.ts";
import { refitEnvironment, type ProcessEnvironment } from "./child-environment.ts";
import { chooseCommands, type CommandName } from "./choose-commands.ts";
import { findInstalled, type Cli } from "./find-cli.ts";
import { InputError } from "./input-error.ts";
import { readInputs, type Inputs } from "./inputs.ts";
import { installCarried, type InstalledCli } from "./install-cli.ts";
import { stoppedAlert } from "./outcome-text.ts";
import { annotate, publishOutputs, publishSummary } from "./publish.ts";
import { nothing, piece, type Result } from "./result.ts";
import { joinRuns, readResult } from "./results.ts";
import { runCli, showLines } from "./run-cli.ts";
import { readTrigger, type RunEvent, type Trigger } from "./trigger.ts";

void main();

/** The door: the event and the inputs in, `refit` as a child process, its outcome out. Fails when a person must act. */
async function main(): Promise<void> {
  try {
    await act();
  } catch (error) {
    await stop(error);
  }
}

/** What a later step reads, and a person first looks at, says that this step did nothing. */
async function stop(error: unknown): Promise<void> {
  const { message, problem, hint } = error instanceof InputError ? error : bugOf(error);
  setFailed(message);
  await publishSummary([piece(stoppedAlert(problem, hint))], process.env, 1);
  await publishOutputs({ ...nothing, decision: "failed" }, process.env);
}

function bugOf(error: unknown): InputError {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new InputError(`The refit action has a bug: ${redact(stack)}`);
}

async function act(): Promise<void> {
  const { env } = process;
  const workspace = path.resolve(env["GITHUB_WORKSPACE"] || process.cwd());
  const inputs = readInputs(workspace);
  const folder = folderOf(workspace, inputs);
  const trigger = await readTrigger(runEvent(env), { folder, env }, inputs.baseBranch);
  const { commands, because } = chooseCommands(inputs.command, trigger);
  info(
    commands.length === 0 ? `${because} There is nothing to do.` : `${because} So: refit ${commands.join(", then ")}.`,
  );

  let outputs: Result = nothing;
  let hasRun = false;
  const failures: string[] = [];
  if (commands.length > 0) {
    const cli = await provideCli({ folder, workspace }, trigger);
    const steps: CommandStep[] = commands.map((command) => ({ command, inputs }));
    for (const step of steps) {
      const { command } = step;
      const result = await runCommand(cli, command, { inputs: step.inputs, trigger, folder });
      outputs = command === "run" && hasRun ? joinRuns(outputs, result) : result;
      hasRun ||= command === "run";
      if (inputs.command === "auto" && result.asked !== null) steps.push(...stepsAskedFor(result.asked, inputs));
      // What stops one command, such as a missing token, often stops the next: it is told once.
      if (result.failure !== null && failures.includes(result.failure)) continue;
      await showLines(result.lines);
      annotate(result.notes);
      await publishSummary(result.summary, env, 1 / steps.length);
      if (result.failure !== null) failures.push(result.failure);
    }
    await cli.keeping;
  }
  await publishOutputs(outputs, env);
  if (failures.length > 0) setFailed(failures.join("\n"));
}

/** GitHub's context has read the environment and the event's file when it was imported: from here on it is plain values. */
function runEvent(env: ProcessEnvironment): RunEvent {
  // Types say that these are always there; outside of a runner they are not.
  const { eventName = "", ref = "", actor = "" } = context as Partial<typeof context>;
  const payload = context.payload as RunEvent["payload"];
  return { name: eventName, ref, actor, payload, repository: env["GITHUB_REPOSITORY"] ?? "" };
}

/** @throws InputError when it lies outside of the workspace */
function folderOf(workspace: string, { workingDirectory }: Inputs): string {
  const folder = path.resolve(workspace, workingDirectory);
  const inside = path.relative(workspace, folder);
  if (inside !== ".." && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside)) return folder;
  throw new InputError(`\`working-directory: ${workingDirectory}\` is outside the workspace.`);
}

/** What a fork's pull request has installed is the stranger's code, so there the action's own command looks at it. */
async function provideCli(
  { folder, workspace }: { folder: string; workspace: string },
  { pullRequest }: Trigger,
): Promise<InstalledCli> {
  const installed = pullRequest?.fromFork === true ? null : await findInstalled(folder, workspace);
  if (installed !== null) {
    info(`refit ${installed.version}, as installed in the workspace`);
    return { ...installed, keeping: Promise.resolve() };
  }
  const carried = await installCarried(fileURLToPath(new URL("cli", import.meta.url)), process.env);
  info(`refit ${carried.version}, as built into the action`);
  return carried;
}

async function runCommand(
  cli: Cli,
  command: CommandName,
  { inputs, trigger, folder }: { inputs: Inputs; trigger: Trigger; folder: string },
): Promise<Result> {
  const args = argumentsOf(command, inputs, trigger);
  startGroup(`refit ${command}`);
  const { exitCode, stdout } = await runCli(cli, args, {
    cwd: folder,
    env: refitEnvironment(process.env, inputs.token),
  }).finally(endGroup);
  const json = parse(stdout);
  if (json === undefined) {
    const how = exitCode === null ? "was killed" : `ended with ${exitCode}`;
    return { ...nothing, decision: "failed", failure: `refit ${command} ${how} without a result; see the log.` };
  }
  return readResult(command, json, homeOf(process.env));
}

function homeOf({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }: ProcessEnvironment): string | null {
  return server && repository ? `${server}/${repository}` : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
