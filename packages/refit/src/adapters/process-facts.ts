import { readFileSync } from "node:fs";
import path from "node:path";

/** What Linux says of a process. */
export interface ProcessFacts {
  readonly group: number;
  /** It has ended, and whoever started it has not asked how. */
  readonly isZombie: boolean;
  readonly startedAt: string;
}

/** @returns `null`: there is no such process, or no `/proc`. */
export function processFacts(pid: number): ProcessFacts | null {
  // The name in brackets may hold anything, so that fields are counted from behind it.
  const fields = processText(pid, "stat")
    ?.replace(/^.*\) /s, "")
    .split(" ");
  if (fields === undefined) return null;
  return { isZombie: fields[0] === "Z" || fields[0] === "X", group: Number(fields[2]), startedAt: fields[19]! };
}

/** A file below `/proc`. `undefined`: it has ended, or is somebody else's. */
export function processText(pid: number, file: string): string | undefined {
  try {
    return readFileSync(path.join("/proc", String(pid), file), "utf8");
  } catch {
    return undefined;
  }
}

/** Also where nobody asks how it ended: a container without an init never does, once the parent was killed. */
export function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EPERM";
  }
  return processFacts(pid)?.isZombie ?? false;
}
