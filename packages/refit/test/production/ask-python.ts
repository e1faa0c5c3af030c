import { spawnSync } from "node:child_process";
import path from "node:path";

/** What a script of this folder answers to a question, both JSON. */
export function askPython<T>(python: string, script: string, question: unknown): T {
  const { status, stdout, stderr } = spawnSync(python, [path.join(import.meta.dirname, script)], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
