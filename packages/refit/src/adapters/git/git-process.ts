import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { text as wholeText } from "node:stream/consumers";
import { GitFailedError, GitMissingError } from "@refit/core/errors";
import { type GitConfig, parseConfig } from "./git-config.ts";
import { gitEnvironments } from "./git-environment.ts";
import type { GitCommand, GitResult, GitStarter, SpareStarter } from "./git-starter.ts";

export interface GitOptions {
  /** Written to stdin, which is then closed; a stream when it ends. */
  readonly input?: string | Readable;
  /** Receives stdout as it comes; the result's `stdout` is then empty. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** Another folder to run in. */
  readonly cwd?: string;
  /** Added to the environment of this one command. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The one way in which refit starts git itself. */
export interface GitProcess {
  readonly cwd: string;
  /** The environment that git runs in, and with it the user's filters: without tokens. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * The environment for commands that talk to this remote. Credentials are in it only where git itself sends them: a
   * program that it starts to reach the remote, such as ssh, could read them.
   */
  networkEnv(remote: string | null): Promise<Readonly<Record<string, string>>>;
  /** The configuration, as it was when it was first asked for. */
  config(): Promise<GitConfig>;
  /** Milliseconds that stand for a second of waiting between tries. Tests have less patience. */
  readonly secondMs: number;
  /** Milliseconds without a question after which a process that waits for some is ended. */
  readonly idleMs: number;
  /** Any exit code is an answer. @throws GitMissingError */
  attempt(args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /** @returns stdout without its last line feed. @throws GitFailedError for any exit code but 0. */
  run(args: readonly string[], options?: GitOptions): Promise<string>;
  /** Starts a command that answers questions on stdin until it is ended. */
  start(args: readonly string[], on: StandbyEvents): Standby;
}

interface StandbyEvents {
  readonly output: (chunk: Buffer) => void;
  /** It is gone, with what it said on stderr. */
  readonly end: (error: Error) => void;
}

/** A git process that waits for questions. Only while it is held does it keep ours from ending. */
export interface Standby {
  write(text: string): void;
  hold(): void;
  release(): void;
  end(): void;
}

/** What would change the output of plumbing, or run the user's own code. */
const overridden = [
  "core.quotePath=false",
  "log.showSignature=false",
  "log.follow=false",
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.fsync=committed", // objects and refs survive when the machine stops; by itself git leaves loose objects out
  "core.fsyncMethod=batch",
  "core.sparseCheckout=false", // refit reads and writes commits, whatever part of them is checked out
];
const steady = ["--no-pager", ...overridden.flatMap((setting) => ["-c", setting])];

/**
 * Runs git in a folder: no shell, no prompt, no hooks, messages in English, stored objects as they are.
 *
 * @param env the environment to build on, usually `process.env`. Variables that tie git to a repository, as git sets them
 * for a hook or an alias, are left out: the folder decides.
 * @param credentials variables that only commands with a remote see.
 * @param options.config of another process in this folder, which then is not read again.
 * @param options.starter starts git in place of this process.
 * @param options.spare the same, where it says so: not what flows in or out.
 */
export function gitProcess(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  credentials: Readonly<Record<string, string>> = {},
  {
    secondMs = 1000,
    idleMs = 1000,
    config: known = null as GitProcess["config"] | null,
    starter = null as GitStarter | null,
    spare = null as SpareStarter | null,
  } = {},
): GitProcess {
  const { local: environment, http, other } = gitEnvironments(env, credentials);
  const here: Surroundings = { cwd, env: environment, starter, spare };
  const httpOnly = new Map<string, Promise<boolean>>();
  let read: Promise<GitConfig> | null = null;
  const config = known ?? (() => (read ??= readConfig(here)));

  return {
    cwd,
    env: environment,
    secondMs,
    idleMs,
    async networkEnv(remote) {
      if (remote === null || Object.keys(credentials).length === 0) return other;
      const isHttp = httpOnly.get(remote) ?? overHttp(remote, await config(), here);
      httpOnly.set(remote, isHttp);
      return (await isHttp) ? http : other;
    },
    config,
    attempt: (args, options = {}) => collect(args, here, options),
    start: (args, on) => standBy(args, here, on),
    async run(args, options = {}) {
      const { exitCode, stdout, stderr } = await collect(args, here, options);
      if (exitCode !== 0) throw new GitFailedError(args.join(" "), exitCode, stderr);
      return stdout.toString().replace(/\n$/, "");
    },
  };
}

async function readConfig(where: Surroundings): Promise<GitConfig> {
  const { stdout } = await collect(["config", "--list", "-z"], where, {});
  return parseConfig(stdout.toString());
}

/** Whether git itself talks to all addresses of a remote, once `insteadOf` has had its say. */
async function overHttp(remote: string, config: GitConfig, where: Surroundings): Promise<boolean> {
  const isRewritten = config.keys.some((key) => /^url\..*\.(?:push)?insteadof$/s.test(key));
  const addresses = isRewritten
    ? await rewrittenAddresses(remote, where)
    : [...config.all(`remote.${remote}.url`), ...config.all(`remote.${remote}.pushurl`)];
  return addresses.length > 0 && addresses.every((address) => /^https?:\/\//i.test(address));
}

async function rewrittenAddresses(remote: string, where: Surroundings): Promise<readonly string[]> {
  const fetched = await collect(["remote", "get-url", "--all", remote], where, {});
  const pushed = await collect(["remote", "get-url", "--push", "--all", remote], where, {});
  return `${fetched.stdout.toString()}\n${pushed.stdout.toString()}`.split("\n").filter(Boolean);
}

/** Where a command runs, and in which environment. */
interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly starter: GitStarter | null;
  readonly spare: SpareStarter | null;
}

/** Runs a command to its end. */
async function collect(
  args: readonly string[],
  { cwd: here, env: all, starter: always, spare }: Surroundings,
  options: GitOptions,
): Promise<GitResult> {
  const cwd = options.cwd ?? here;
  const env = options.env === undefined ? all : { ...all, ...options.env };
  const command = [...steady, ...args];
  const flows = options.onOutput !== undefined || typeof options.input === "object";
  const starter = always ?? (!flows && spare?.isNeeded() === true ? spare.starter : null);
  try {
    return await (starter === null
      ? start(command, { cwd, env }, options)
      : startElsewhere(starter, { args: command, cwd, env }, options));
  } catch (error) {
    throw isMissing(error) ? new GitMissingError({ cause: error }) : error;
  }
}

/** What would flow in and out comes in one piece. */
async function startElsewhere(
  starter: GitStarter,
  command: Omit<GitCommand, "input">,
  { input, onOutput }: GitOptions,
): Promise<GitResult> {
  const whole = typeof input === "object" ? await wholeText(input) : input;
  const result = await starter.run({ ...command, input: whole ?? null });
  if (onOutput === undefined) return result;
  onOutput(result.stdout);
  return { ...result, stdout: Buffer.alloc(0) };
}

function start(
  args: readonly string[],
  where: Pick<Surroundings, "cwd" | "env">,
  { input, onOutput }: GitOptions,
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, {
      ...where,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let failure: unknown = null;
    // Where too many files are open there are no streams, and the error comes in a moment.
    child.stdout?.on("data", (chunk: Buffer) => {
      try {
        if (onOutput === undefined) stdout.push(chunk);
        else if (failure === null) onOutput(chunk);
      } catch (error) {
        failure = error;
        child.kill();
      }
    });
    child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (exitCode, signal) => {
      // Who is ended by a signal, such as one of the kernel's for a file that grows beyond a limit, says nothing itself.
      if (signal !== null) stderr.push(Buffer.from(`\n${signal}`));
      if (failure !== null) reject(failure);
      else resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
    // git may end before it has read everything; its exit code says why.
    child.stdin?.on("error", () => {});
    if (typeof input === "object" && child.stdin) input.pipe(child.stdin);
    else child.stdin?.end(typeof input === "string" ? input : undefined);
  });
}

/** Starts a command that waits for questions. */
function standBy(args: readonly string[], { cwd, env }: Surroundings, on: StandbyEvents): Standby {
  const child: ChildProcess = spawn("git", [...steady, ...args], { cwd, env, windowsHide: true });
  const sockets = [child.stdin, child.stdout, child.stderr].filter((stream) => !!stream) as unknown as Socket[];
  const handles = [child, ...sockets];
  let stderr = "";
  child.stdout?.on("data", on.output);
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.on("error", (error) => on.end(isMissing(error) ? new GitMissingError({ cause: error }) : error));
  child.on("close", (exitCode, signal) =>
    on.end(new GitFailedError(args.join(" "), exitCode, `${stderr}\n${signal ?? ""}`)),
  );
  child.stdin?.on("error", () => {});
  return {
    write: (text) => void child.stdin?.write(text),
    hold: () => handles.forEach((handle) => handle.ref()),
    release: () => handles.forEach((handle) => handle.unref()),
    end: () => void child.stdin?.end(),
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
