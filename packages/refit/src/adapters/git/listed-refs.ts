import { type Stats, statSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../clock.ts";
import { momentary } from "../disk/moment.ts";
import type { GitProcess } from "./git-process.ts";

/** Branches of this clone and of its remotes. */
export interface Refs {
  /** Commit id by full ref name. */
  readonly commits: ReadonlyMap<string, string>;
  /** `refs/remotes/origin/HEAD` -> `refs/remotes/origin/main`. */
  readonly symbolic: ReadonlyMap<string, string>;
  /** Short name; `null` when HEAD is detached. */
  readonly current: string | null;
}

interface LastRefs extends Refs {
  /** Epoch milliseconds. */
  readonly askedAt: number;
  /** What the files and folders in which git keeps refs looked like when the listing first served, by path. */
  readonly looks: Map<string, string>;
  /** Whether it still serves for the refs in a folder: of a model several branches are asked for, one right after the other. */
  readonly justLooked: (folder: string, look: () => boolean) => boolean;
}

/** Questions that a listing could not answer, after which git lists once more. */
const mostUnanswered = 16;

/**
 * Answers what a branch is on from the last listing of all, while the folders that git keeps refs in look the same: a run over many models
 * asks for several branches of each, and hardly any of them exists.
 *
 * git changes a ref by a file of another name that it moves there, so that the folder of the ref changes with every one.
 */
export function listedRefs(git: GitProcess) {
  let commonDir: string | null = null;
  let last: LastRefs | null = null;
  let unanswered = 0;
  let listing: Promise<Refs> | null = null;

  async function list(): Promise<Refs> {
    const askedAt = systemClock.now();
    const refs = await readRefs(git);
    last = { ...refs, askedAt, looks: new Map(), justLooked: momentary() };
    unanswered = 0;
    return refs;
  }

  function isCurrent(name: string): boolean {
    if (last === null || commonDir === null) return false;
    const place = path.dirname(`${commonDir}/${name}`);
    return last.justLooked(place, () => looksCurrent(last!, place));
  }

  function looksCurrent(refs: LastRefs, place: string): boolean {
    const common = ["packed-refs", "reftable/tables.list"].map((file) => `${commonDir}/${file}`);
    if (!common.every((file) => looksTheSame(refs, file, lookAt(file)))) return false;
    // The folder in which a ref of its own file would be, or the nearest one above that there is.
    let folder = place;
    let stats = lookAt(folder);
    for (; stats === null; stats = lookAt(folder)) folder = path.dirname(folder);
    return looksTheSame(refs, folder, stats);
  }

  return {
    list,

    /** Where git keeps the refs, as soon as that is known. */
    keptIn(folder: string): void {
      commonDir = folder;
    },

    /** @param name a full ref name. @returns `null`: there is no such branch; `undefined`: git has to be asked. */
    async idOf(name: string): Promise<string | null | undefined> {
      if (!isBranch(name)) return undefined;
      if (!isCurrent(name)) {
        if (commonDir === null || ++unanswered < mostUnanswered) return undefined;
        listing ??= list().finally(() => (listing = null));
        await listing;
        if (!isCurrent(name)) return undefined;
      }
      return last!.commits.get(name) ?? null;
    },
  };
}

/** Whether it is the plain name of a branch, and no expression about one. */
const isBranch = (name: string) => /^refs\/(?:heads|remotes)\/(?!.*@\{)[^~^:]+$/.test(name);

/** Milliseconds by which the time stamps of a disk may lag behind the clock, and where it has none finer than milliseconds. */
const [diskLag, coarseLag] = [20, 2500];

/** Whether nothing has changed since git was asked. What changed just before may have changed once more in the same tick. */
function looksTheSame({ askedAt, looks }: LastRefs, place: string, stats: Stats | null): boolean {
  const look = stats === null ? "absent" : `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
  const known = looks.get(place);
  if (known !== undefined) return known === look;
  const lag = stats !== null && Number.isInteger(stats.ctimeMs) ? coarseLag : diskLag;
  if (stats !== null && stats.ctimeMs >= askedAt - lag) return false;
  looks.set(place, look);
  return true;
}

/** `null` where there is nothing, or a file where its folder would be. */
function lookAt(place: string): Stats | null {
  try {
    return statSync(place, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

async function readRefs(git: GitProcess): Promise<Refs> {
  const format = "--format=%(refname)%09%(objectname)%09%(symref)%09%(HEAD)";
  const { stdout } = await git.attempt(["for-each-ref", format, "refs/heads", "refs/remotes"]);
  const commits = new Map<string, string>();
  const symbolic = new Map<string, string>();
  let current: string | null = null;
  for (const line of stdout.toString().split("\n")) {
    const [name, id, target, head] = line.split("\t");
    if (!name || !id) continue;
    commits.set(name, id);
    if (target) symbolic.set(name, target);
    if (head === "*") current = name.slice("refs/heads/".length);
  }
  return { commits, symbolic, current };
}
