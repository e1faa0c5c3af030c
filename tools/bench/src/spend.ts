import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Finished, Workspace } from "./workspace.ts";

/** What a program and all that it started took, in milliseconds. */
export interface Spending extends Finished {
  readonly wall: number;
  readonly cpu: number;
  /** Each line that it wrote to stderr, with the milliseconds until the next one. */
  readonly stages: readonly (readonly [line: string, wall: number])[];
}

/** The shell adds up what its children took. */
const adding = '"$@"; status=$?; times >"$BENCH_TIMES"; exit $status';

/** Runs a program in the work tree. @throws when it ends with another code than 0. */
export async function spend(
  { root, env }: Pick<Workspace, "root" | "env">,
  command: string,
  args: readonly string[],
): Promise<Spending> {
  const note = path.join(root, "../times");
  const started = performance.now();
  const child = spawn("sh", ["-c", adding, "sh", command, ...args], { cwd: root, env: { ...env, BENCH_TIMES: note } });
  const stdout: string[] = [];
  const told: [at: number, line: string][] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => {
    for (const line of String(chunk).split("\n").filter(Boolean)) told.push([performance.now(), line]);
  });
  const [exitCode] = (await once(child, "close")) as [number | null];
  const ended = performance.now();
  const stderr = told.map(([, line]) => line).join("\n");
  if (exitCode !== 0)
    throw new Error(`${command} ${args.join(" ")} ended with ${exitCode}:\n${stdout.join("")}${stderr}`);
  const stages = told.map(([at, line], i) => [line, (told[i + 1]?.[0] ?? ended) - at] as const);
  const cpu = childrenCpu(readFileSync(note, "utf8"));
  return { exitCode, stdout: stdout.join(""), stderr, wall: ended - started, cpu, stages };
}

/** @param text of `times`: minutes and seconds, of the shell itself and then of its children. @returns milliseconds. */
export function childrenCpu(text: string): number {
  const [, children = ""] = text.split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return 1000 * parts.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}
