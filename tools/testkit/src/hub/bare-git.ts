import { spawn } from "node:child_process";

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
  const run = (args: readonly string[], options: GitOptions = {}) =>
    spawnGit(args, { cwd: path, env: { ...env, ...options.env } }, options.input);

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

function spawnGit(
  args: readonly string[],
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  input: string | Uint8Array = "",
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
    // git may end before it has read everything; its exit code tells the story then.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
