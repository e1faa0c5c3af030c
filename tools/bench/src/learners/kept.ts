import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { cpus, homedir } from "node:os";
import path from "node:path";
import type { Ran } from "./table.ts";

/** Which training: two that are asked for alike are the same work on the same machine. */
export interface Asked {
  readonly set: string;
  /** Digest of the rows. */
  readonly rows: string;
  readonly seed: number;
  readonly contestant: string;
  /** Digest of what trains. */
  readonly by: string;
  readonly threads: number;
  readonly machine: string;
}

/** Outside of every work tree, so that a new clone goes on where another one stopped. */
export const keptFile = path.join(homedir(), ".cache/refit-bench/learners.jsonl");

export const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}`;

/** Trainings in a file, a line each, written as soon as they are done: a run that is killed loses only the one that it is at. */
export function keptTrainings(file: string) {
  return {
    /** @returns the newest such training; `undefined`: there is none. */
    find(asked: Asked): Ran | undefined {
      const wanted = keyOf(asked);
      return linesOf(file).findLast((line) => keyOf(line) === wanted);
    },
    add(asked: Asked, done: Ran): void {
      mkdirSync(path.dirname(file), { recursive: true });
      // A line that was cut off must not swallow this one.
      appendFileSync(file, `\n${JSON.stringify({ ...asked, ...done })}\n`);
    },
  };
}

const keyOf = ({ set, rows, seed, contestant, by, threads, machine: on }: Asked) =>
  JSON.stringify([set, rows, seed, contestant, by, threads, on]);

/** A last line that was cut off counts as absent. */
function linesOf(file: string): (Asked & Ran)[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Asked & Ran];
      } catch {
        return [];
      }
    });
}

/** @param places files, and folders with all that is in them, tests left out. @returns 12 hex digits. */
export function digestOf(places: readonly string[], also = ""): string {
  const hash = createHash("sha256").update(also);
  for (const place of places) {
    for (const file of filesIn(place)) hash.update(file).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}

function filesIn(place: string): string[] {
  if (path.extname(place) !== "") return [place];
  const found = readdirSync(place, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile() && !/\.(test|fixture)\./.test(entry.name));
  return files.map((entry) => path.join(entry.parentPath, entry.name)).toSorted();
}
