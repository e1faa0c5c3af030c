import { readdirSync } from "node:fs";
import { processFacts, processText, type ProcessFacts } from "../../process-facts.ts";

/** The processes of one call of a program: its group, and on Linux also those that left it. */
export interface ProcessTree {
  /** Those that still run. Without `/proc`, the group as a whole, by its id, or none. */
  alive(): readonly number[];
  /** MiB; pages that several processes share count once. 0 where the system does not say. */
  memoryMiB(): number;
  signal(signal: NodeJS.Signals): void;
}

/**
 * @param group id of the process group, which is that of the program itself.
 * @param marker `NAME=value` of an environment variable that no other process has: whoever leaves the group still carries it.
 */
export function processTree(group: number, marker: string): ProcessTree {
  const strangers = new Map<number, string>();

  function isOurs(pid: number, { group: itsGroup, startedAt }: ProcessFacts): boolean {
    if (itsGroup === group) return true;
    if (strangers.get(pid) === startedAt) return false;
    const isMarked = processText(pid, "environ")?.split("\0").includes(marker) ?? false;
    if (!isMarked) strangers.set(pid, startedAt);
    return isMarked;
  }

  function alive(): readonly number[] {
    const all = processIds();
    if (all === null) return isRunning(-group) ? [-group] : [];
    return all.filter((pid) => {
      const facts = processFacts(pid);
      return facts !== null && !facts.isZombie && isOurs(pid, facts);
    });
  }

  return {
    alive,
    memoryMiB: () => alive().reduce((sum, pid) => sum + memoryOf(pid), 0),
    signal(signal) {
      for (const pid of new Set([-group, ...alive()])) send(pid, signal);
    },
  };
}

/** For a person who looks for it. */
export function processName(pid: number): string {
  return processText(pid, "comm")?.trim() ?? "no name";
}

function isRunning(pid: number): boolean {
  return send(pid, 0);
}

/** @returns whether there was such a process. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** `null`: the system has no `/proc`. */
function processIds(): number[] | null {
  try {
    return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return null;
  }
}

/** The share of a process in the memory that it uses: what others use too counts in part. */
function memoryOf(pid: number): number {
  const share = /^Pss:\s+(\d+) kB/m.exec(processText(pid, "smaps_rollup") ?? "");
  const all = share ?? /^VmRSS:\s+(\d+) kB/m.exec(processText(pid, "status") ?? "");
  return all === null ? 0 : Number(all[1]) / 1024;
}
