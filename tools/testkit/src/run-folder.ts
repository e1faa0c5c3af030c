/** Vitest's global setup: every temporary folder of a run lies in one folder, in memory where there is room for it. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { runFolder } from "./temporary-folder.ts";

/** A whole run keeps far less than this at any time; containers often have 64 MB here, which is too little. */
const room = 2 * 1024 ** 3;
const memory = "/dev/shm";
const prefix = "refit-tests-";

let folder: string | null = null;

export function setup(): void {
  if (process.env[runFolder] !== undefined) return; // vitest asks once for each project
  folder = inMemory() ?? create(tmpdir());
  process.env[runFolder] = folder; // workers inherit it
}

export function teardown(): void {
  if (folder !== null) remove(folder);
}

/**
 * Tests make and remove thousands of small files. ext4 looks longer and longer for a free inode then, since it spares
 * those that were removed within the last seconds: a third of the time of a test that uses git.
 *
 * @returns `null` where the system has no such place, or one that is too small or runs no programs.
 */
function inMemory(): string | null {
  try {
    accessSync(memory, constants.W_OK);
    for (const name of readdirSync(memory)) if (isAbandoned(name)) remove(join(memory, name));
    const { bavail, bsize } = statfsSync(memory);
    if (Math.min(bavail * bsize, freemem()) < room) return null;
  } catch {
    return null;
  }
  const found = create(memory);
  if (runsPrograms(found)) return found;
  remove(found);
  return null;
}

function create(parent: string): string {
  return mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Left by a run that was killed. */
function isAbandoned(name: string): boolean {
  const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function runsPrograms(parent: string): boolean {
  const program = join(parent, "program");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}
