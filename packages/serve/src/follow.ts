import { loadVersion, type LoadedVersion, type LoadOptions, type VersionReader } from "@refit/runtime";
import type { RawRefusal, RawRows, RawSource } from "./raw-rows.ts";
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
  /** What opens it besides its files, asked once for each version that is loaded; left out: what `follow` was given. */
  readonly tools?: () => Promise<VersionTools>;
  /** What prepares raw rows for it; left out: nothing does. */
  readonly raw?: RawSource;
}

/** What it takes to answer by a version. @throws where that cannot be had: then it does not answer */
export type VersionTools = Pick<LoadOptions, "learners" | "threshold">;

/**
 * Says which version is live. It throws where that cannot be told.
 *
 * @param answering the id of the version that answers now; `null`: none. What was found before under another id was not taken.
 */
export type VersionSource = (answering: string | null) => Promise<FoundVersion>;

export interface FollowOptions extends VersionTools {
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
  let live: FollowedVersion | null = null;
  let stale: string | null = null;
  let looking: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function look(): Promise<void> {
    const before = { live, stale };
    try {
      const found = await find(live?.id ?? null);
      live = await liveOf(name, found, { loading, before: live });
      if (live.raw !== before.live?.raw) retire(before.live?.raw);
      stale = found.stale ?? null;
    } catch (error) {
      stale = saidBy(error);
    }
    if (live?.version !== before.live?.version || stale !== before.stale) onChange(model);
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
    get raw() {
      return live?.raw ?? null;
    },
    check,
    close() {
      isClosed = true;
      clearTimeout(timer);
      retire(live?.raw);
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

interface FollowedVersion {
  readonly id: string;
  readonly version: LoadedVersion;
  /** Of the source of `raw`; `null`: there is none. */
  readonly rawId: string | null;
  readonly raw: RawRows | RawRefusal | null;
}

/** What is live now; of what has not changed, what was opened before. */
async function liveOf(
  name: string,
  found: FoundVersion,
  { loading, before }: { readonly loading: LoadOptions; readonly before: FollowedVersion | null },
): Promise<FollowedVersion> {
  const { id, raw: source } = found;
  const isSame = before?.id === id;
  const version = isSame ? before.version : await opened(name, found, { ...loading, ...(await found.tools?.()) });
  const rawId = (await source?.id()) ?? null;
  if (isSame && before.rawId === rawId) return before;
  const raw = source === undefined ? null : await source.open();
  return { id, version, rawId, raw };
}

/** Nobody waits for it: rows that are being prepared are prepared to the end. */
function retire(raw: RawRows | RawRefusal | null | undefined): void {
  if (raw !== null && raw !== undefined && "close" in raw) void raw.close().catch(() => {});
}

/** With what to do, where the error knows. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { hint } = error as { readonly hint?: unknown };
  return typeof hint === "string" ? `${error.message} ${hint}` : error.message;
}

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
