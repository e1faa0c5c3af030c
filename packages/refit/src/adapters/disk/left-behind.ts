import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { hasEnded } from "../process-facts.ts";

/** Milliseconds. On another machine or in another container it cannot be seen whether a process still runs. */
const abandoned = 24 * 3_600_000;
/** Milliseconds. A training may take days; after a month its process's number is another one's by now. */
const longest = 30 * abandoned;

/** This machine, as part of a file name. */
const machine = hostname()
  .replaceAll(/[^A-Za-z0-9]/g, "_")
  .slice(0, 20);

/** A name for something temporary that tells who made it, such as `box.4711.5f0c9a1e`. */
export function temporaryName(): string {
  return `${machine}.${process.pid}.${randomBytes(6).toString("hex")}`;
}

/**
 * Whether what has such a name in its own was made by a process that has ended without removing it.
 *
 * @param age milliseconds.
 */
export function isLeftBehind(name: string, age: number): boolean {
  const [, maker, pid] = /([A-Za-z0-9_]*)\.(\d+)\.[0-9a-f]{12}(?:\.|$)/.exec(name) ?? [];
  if (maker === machine && age <= longest) return hasEnded(Number(pid));
  return age > abandoned;
}
