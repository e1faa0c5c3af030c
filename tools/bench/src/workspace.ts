import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The built command. */
export const refitBin: string = path.resolve("packages/refit/bin/refit.cjs");
/** Written by the process itself when it ends: no tool of the operating system is needed. Below it, what was told on stderr and when. */
const usageReport = `
  import { writeFileSync } from "node:fs";
  const cpu = () => process.cpuUsage().user + process.cpuUsage().system;
  const told = [];
  const { write } = process.stderr;
  process.stderr.write = (text, ...more) => {
    told.push({ cpu: cpu() / 1000, text: String(text).trim() });
    return write.call(process.stderr, text, ...more);
  };
  process.on("exit", () => {
    writeFileSync(process.env.BENCH_USAGE, process.resourceUsage().maxRSS + " " + cpu() + "\\n" + JSON.stringify(told));
  });`;
/** An argument of Node that makes it write what it took into the file that BENCH_USAGE names. */
export const reportUsage: string = `--import=data:text/javascript,${encodeURIComponent(usageReport)}`;

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a process took. */
export interface Usage {
  readonly peakMiB: number;
  /** Milliseconds of processor time, of all threads. */
  readonly cpu: number;
}

/** A line of progress. */
export interface ToldLine {
  /** Milliseconds of processor time until then. */
  readonly cpu: number;
  readonly text: string;
}

/** @param text KiB at most and microseconds of processor time, as a process writes them. */
export function usageOf(text: string): Usage {
  const [kib = NaN, microseconds = NaN] = text.trim().split(" ").map(Number);
  return { peakMiB: kib / 1024, cpu: microseconds / 1000 };
}

/** A repository without a remote in a folder of its own, in an environment in which the user's settings do not count. */
export interface Workspace {
  readonly root: string;
  /** Of the programs that run there. */
  readonly env: Readonly<Record<string, string>>;
  write(file: string, content: string): void;
  /** @throws with git's own words. */
  git(args: readonly string[], input?: string | Uint8Array): string;
  commitAll(message: string): void;
  /** Runs Node in the work tree. @throws when it ends with another code than 0 or those in `codes`. */
  node(args: readonly string[], codes?: readonly number[]): Finished;
  refit(args: readonly string[], codes?: readonly number[]): Finished;
  /** As `refit`; also what the process itself took, without the gits that it starts, and when it told what on stderr. */
  refitWithUsage(args: readonly string[], codes?: readonly number[]): Finished & Usage & { told: readonly ToldLine[] };
  /** Runs any program in the work tree. @throws when it ends with another code than 0. */
  call(command: string, args: readonly string[]): Finished;
  /** Forgets what earlier runs of this clone have hashed, parsed and profiled. */
  clearCache(): void;
  remove(): void;
}

export function createWorkspace(): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), "refit-bench-"));
  const root = path.join(folder, "work");
  mkdirSync(root);
  const person = { NAME: "A Bench", EMAIL: "bench@example.com" };
  const env: Record<string, string> = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: path.join(folder, "gitconfig"),
    ...Object.fromEntries(
      Object.entries(person).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  };

  function call(command: string, args: readonly string[], codes: readonly number[], input?: string | Uint8Array) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, input, maxBuffer: 1 << 30 });
    const finished = { exitCode: status, stdout: String(stdout), stderr: String(stderr) };
    if (status !== 0 && !codes.includes(status ?? -1)) {
      throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${finished.stdout}${finished.stderr}`);
    }
    return finished;
  }

  const node = (args: readonly string[], codes: readonly number[] = []) => call(process.execPath, args, codes);
  const git = (args: readonly string[], input?: string | Uint8Array) => call("git", args, [], input).stdout.trimEnd();
  git(["init", "--quiet", "--initial-branch=main"]);
  return {
    root,
    env,
    write(file, content) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), content);
    },
    git,
    commitAll(message) {
      git(["add", "--all"]);
      git(["commit", "--quiet", "--message", message]);
    },
    node,
    refit: (args, codes = []) => node([refitBin, ...args], codes),
    call: (command, args) => call(command, args, []),
    refitWithUsage(args, codes = []) {
      const note = path.join(folder, "usage");
      env["BENCH_USAGE"] = note;
      const finished = node([reportUsage, refitBin, ...args], codes);
      const [usage, told] = readFileSync(note, "utf8").split("\n") as [string, string];
      return { ...finished, ...usageOf(usage), told: JSON.parse(told) as ToldLine[] };
    },
    clearCache: () => rmSync(path.join(root, ".git/refit/cache"), { recursive: true, force: true }),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
