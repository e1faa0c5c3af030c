import { loadVersion, type LoadedVersion, type LoadOptions, type VersionReader } from "@refit/runtime";
import type { ServedModel } from "./served-model.ts";

/** The version that is live now, where it lies. */
export interface FoundVersion {
  /** Of its content: a version with the id of the last one is not read again. */
  readonly id: string;
  readonly read: VersionReader;
  /** Its tree id, where git has said it; then the folder must have no other files. */
  readonly treeId?: string;
  /** What people call it, such as `v7`. */
  readonly version?: string | null;
  /** Why it is not what is live, but the last that can answer, in a sentence; `null` or left out: it is. */
  readonly stale?: string | null;
}

/**
 * Says which version is live. It throws where that cannot be told.
 *
 * @param answering the id of the version that answers now; `null`: none. What was found before under another id was not taken.
 */
export type VersionSource = (answering: string | null) => Promise<FoundVersion>;

export interface FollowOptions extends Pick<LoadOptions, "learners" | "threshold"> {
  /** Time between two looks, in milliseconds; left out: 10,000. `Infinity`: only `check` looks. */
  readonly pollMilliseconds?: number;
  /** Told when another version answers, and when the reason changes for which what answers may not be what is live. */
  readonly onChange?: (model: ServedModel) => void;
}

/** A model that answers with what is live, also when that changes. */
export interface FollowedModel extends ServedModel {
  /** Looks now. It never throws: what is wrong is said by `stale`. */
  check(): Promise<void>;
  /** Looks no more. */
  close(): void;
}

/**
 * A model whose live version is looked for again and again. A new one is loaded beside the old one, each file compared with its digest and the
 * probe rows asked, and only then answers; one that is damaged or half-written never does, and the last good one stays. A rollback is one more
 * version.
 *
 * @returns after the first look; `version` is `null` where that has found none.
 */
export async function follow(name: string, find: VersionSource, options: FollowOptions = {}): Promise<FollowedModel> {
  const { pollMilliseconds = 10_000, onChange = () => {}, ...loading } = options;
  let live: { readonly id: string; readonly version: LoadedVersion } | null = null;
  let stale: string | null = null;
  let looking: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function look(): Promise<void> {
    const before = { live, stale };
    try {
      const found = await find(live?.id ?? null);
      if (found.id !== live?.id) live = { id: found.id, version: await opened(name, found, loading) };
      stale = found.stale ?? null;
    } catch (error) {
      stale = error instanceof Error ? error.message : String(error);
    }
    if (live !== before.live || stale !== before.stale) onChange(model);
  }
  const check = () =>
    (looking ??= look().finally(() => {
      looking = undefined;
    }));
  async function lookAgain(): Promise<void> {
    await check();
    if (isClosed || pollMilliseconds === Infinity) return;
    timer = setTimeout(() => void lookAgain(), untilNextLook(performance.now(), pollMilliseconds));
    // A process that has nothing else to do may end.
    if (typeof timer === "object") timer.unref();
  }
  const model: FollowedModel = {
    name,
    get version() {
      return live?.version ?? null;
    },
    get stale() {
      return stale;
    },
    check,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
  await lookAgain();
  return model;
}

/**
 * All models of a process look at the same moments, whenever each has begun, so that what one of them asks a repository serves the others.
 *
 * @returns milliseconds, more than half of `poll` and at most one and a half
 */
function untilNextLook(now: number, poll: number): number {
  const left = poll - (now % poll);
  return left > poll / 2 ? left : left + poll;
}

declare const performance: { now(): number };

async function opened(
  name: string,
  { read, treeId, version }: FoundVersion,
  options: LoadOptions,
): Promise<LoadedVersion> {
  const called = version === undefined || version === null ? {} : { version };
  // The runtime computes ids of SHA-1; git has others where somebody chose them.
  const known = treeId?.length === 64 ? { treeId } : {};
  const loaded = await loadVersion(read, { ...options, ...called, ...known });
  if (loaded.model !== name) throw new Error(`It is a version of ${loaded.model}, not of ${name}.`);
  if (treeId !== undefined && treeId !== loaded.treeId) {
    throw new Error(`The folder ${treeId} has other files than its lineage.json says: it is damaged.`);
  }
  return loaded;
}
