import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import type { Ended } from "./cli.ts";

const execute = promisify(execFile);

type Environment = Readonly<Record<string, string>>;

/**
 * What dies, and when. `before` and `after`: the command and all that it started, around a command of git. The others
 * are told in `kill-at-call.c`.
 */
type KillHow = "before" | "after" | "group" | "torn" | "one";

/** Something that kills a command, and all that it started, at a moment that is a number. */
export interface Killer {
  readonly ways: readonly KillHow[];
  /** Additions to the environment of a command that shall die at the n-th moment, counted from 1; 0: never. */
  environment(n: number, how: KillHow): Promise<Environment>;
  /** How many moments the last command had. */
  count(): Promise<number>;
}

/** Git gets these besides what it gets by itself. */
const handedOn = { REFIT_GIT_ENV: "KILL_COUNTER KILL_AT KILL_HOW" };

/** @param calls also at system calls, where there is a C compiler; fails where there is none. */
export async function killersHere(env: Environment, calls: boolean): Promise<readonly Killer[]> {
  return calls ? [await atCalls(), await aroundGit(env)] : [await aroundGit(env)];
}

/** Starts a command as the head of a process group of its own, which it dies with. */
export function inOwnGroup(command: readonly [string, ...string[]], cwd: string, env: Environment): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), { cwd, env, detached: true });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** By a script that stands in the place of git. */
async function aroundGit(env: Environment): Promise<Killer> {
  const folder = await temporaryFolder();
  const counter = path.join(folder, "count");
  const script = [
    "#!/bin/sh",
    `PATH='${env["PATH"]}'`,
    `echo >> '${counter}'`,
    `n=$(wc -l < '${counter}')`,
    // Of two at the same time either may have counted the other one too.
    '[ "$KILL_AT" -gt 0 ] && [ "$n" -ge "$KILL_AT" ] && due=yes || due=no',
    '[ "$due" = yes ] && [ "$KILL_HOW" = before ] && kill -9 0',
    'git "$@"',
    "status=$?",
    '[ "$due" = yes ] && kill -9 0',
    "exit $status",
    "",
  ].join("\n");
  const bin = path.join(folder, "bin");
  await mkdir(bin);
  await writeFile(path.join(bin, "git"), script);
  await chmod(path.join(bin, "git"), 0o755);
  return {
    ways: ["before", "after"],
    async environment(n, how) {
      await writeFile(counter, "");
      return { ...handedOn, PATH: `${bin}:${env["PATH"]}`, KILL_AT: String(n), KILL_HOW: how };
    },
    count: async () => (await readFile(counter)).byteLength,
  };
}

/** By a library that is loaded before all others. */
async function atCalls(): Promise<Killer> {
  const folder = await temporaryFolder();
  const library = path.join(folder, "kill-at-call.so");
  const counter = path.join(folder, "count");
  const source = path.join(import.meta.dirname, "kill-at-call.c");
  await execute("cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]);
  return {
    ways: ["group", "torn", "one"],
    async environment(n, how) {
      await writeFile(counter, new Uint8Array(8));
      return { ...handedOn, LD_PRELOAD: library, KILL_COUNTER: counter, KILL_AT: String(n), KILL_HOW: how };
    },
    count: async () => (await readFile(counter)).readUInt32LE(0),
  };
}
