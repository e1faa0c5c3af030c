import { spawn } from "node:child_process";
import { starter } from "../start-git.ts";

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** git in the hub's one bare repository, never blocking: the server answers from the same process. */
export interface BareGit {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  run(args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /** @returns stdout without the last line feed. @throws with git's stderr */
  text(args: readonly string[], options?: GitOptions): Promise<string>;
  /** As `text`; `null` when git fails. */
  find(args: readonly string[]): Promise<string | null>;
}

export function bareGit(path: string, env: Readonly<Record<string, string>>): BareGit {
  const settled = new Map<string, GitResult>();
  const run = async (args: readonly string[], options: GitOptions = {}) => {
    const key = args.join(" ");
    const known = settled.get(key);
    if (known !== undefined) return known;
    const result = await ask(args, { cwd: path, env: { ...env, ...options.env } }, options.input);
    if (isSettled(args, result)) settled.set(key, result);
    return result;
  };

  return {
    path,
    env,
    run,
    async text(args, options) {
      const { code, stdout, stderr } = await run(args, options);
      if (code !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
      return stdout.toString("utf8").replace(/\n$/, "");
    },
    async find(args) {
      const { code, stdout } = await run(args);
      return code === 0 ? stdout.toString("utf8").replace(/\n$/, "") : null;
    },
  };
}

const asksOnly = new Set(["diff-tree", "log", "merge-base", "merge-tree", "rev-list", "rev-parse"]);
const ofWholeIds = /^(?:[0-9a-f]{40}(?:\^\{(?:commit|tree)\}|\.\.[0-9a-f]{40})?|-.*)$/;

/**
 * What git says of objects that are named by their whole ids stays true. The hub is asked for the same few at every
 * request, and a process each time is most of what a request costs. What is missing may still come.
 */
function isSettled([command, ...rest]: readonly string[], { code }: GitResult): boolean {
  const isAnswer = code === 0 || (code === 1 && command!.startsWith("merge-"));
  return isAnswer && asksOnly.has(command!) && rest.every((argument) => ofWholeIds.test(argument));
}

/** git may end before it has read everything; its exit code tells the story then. */
async function ask(
  args: readonly string[],
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  input: string | Uint8Array = "",
): Promise<GitResult> {
  if (typeof input !== "string") return spawnGit(args, place, input);
  const { exitCode, stdout, stderr } = await starter.run({ ...place, args, input });
  return { code: exitCode ?? 128, stdout, stderr };
}

function spawnGit(
  args: readonly string[],
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  input: Uint8Array,
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { ...place, stdio: "pipe" });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code: code ?? 128, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString("utf8") }),
    );
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
