import { canaryFollower, type FoundCanary } from "./follow-canary.ts";
import {
  openFound,
  retireRaw,
  saidByError,
  type FollowedVersion,
  type FoundVersion,
  type VersionTools,
} from "./followed-version.ts";
import type { ServedModel } from "./served-model.ts";

/** The version that is live now, and the one beside it. */
export interface FoundLive extends FoundVersion {
  /** Why it is not what is live, but the last that can answer, in a sentence; `null` or left out: it is. */
  readonly stale?: string | null;
  /** What stands beside it to be tried out; `null` or left out: nothing. */
  readonly canary?: FoundCanary | null;
}

/**
 * Says which version is live. It throws where that cannot be told.
 *
 * @param answering the id of the version that answers now; `null`: none. What was found before under another id was not taken.
 */
export type VersionSource = (answering: string | null) => Promise<FoundLive>;

export interface FollowOptions extends VersionTools {
  /** Time between two looks, in milliseconds; left out: 10,000. `Infinity`: only `check` looks. */
  readonly pollMilliseconds?: number;
  /** Told when another version answers, when the reason changes for which what answers may not be what is live, and when something changes with the canary. */
  readonly onChange?: (model: ServedModel) => void;
}

/** A model that answers with what is live, also when that changes. */
export interface FollowedModel extends ServedModel {
  /** Looks now, and loads what is found. It never throws: what is wrong is said by `stale`, and by the canary itself. */
  check(): Promise<void>;
  /** Looks no more. */
  close(): void;
}

/**
 * A model whose live version is looked for again and again. A new one is loaded beside the old one, each file compared with its digest and the
 * probe rows asked, and only then answers; one that is damaged or half-written never does, and the last good one stays. A rollback is one more
 * version. A canary is opened alike, and nothing waits for it.
 *
 * @returns after the first look; `version` is `null` where that has found none.
 */
export async function follow(name: string, find: VersionSource, options: FollowOptions = {}): Promise<FollowedModel> {
  const { pollMilliseconds = 10_000, onChange = () => {}, ...loading } = options;
  let live: FollowedVersion | null = null;
  const beside = canaryFollower(name, { loading, onChange: () => onChange(model) });
  let besideFollowed = Promise.resolve();
  let stale: string | null = null;

  async function look(): Promise<void> {
    const before = { live, stale };
    try {
      const found = await find(live?.id ?? null);
      const { canary = null } = found;
      beside.lower(canary);
      live = await openFound(name, found, { loading, before: live });
      if (live.raw !== before.live?.raw) retireRaw(before.live?.raw);
      stale = found.stale ?? null;
      besideFollowed = beside.follow(canary, live.version);
    } catch (error) {
      stale = saidByError(error);
    }
    if (live?.version !== before.live?.version || stale !== before.stale) onChange(model);
  }
  const looks = repeatedLooks(look, pollMilliseconds);
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
    get canary() {
      return beside.canary;
    },
    async check() {
      await looks.now();
      await besideFollowed;
    },
    close() {
      looks.stop();
      retireRaw(live?.raw);
      beside.close();
    },
  };
  await looks.begin();
  return model;
}

/** Looks again and again, one look at a time. */
function repeatedLooks(look: () => Promise<void>, pollMilliseconds: number) {
  let looking: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const now = () =>
    (looking ??= look().finally(() => {
      looking = undefined;
    }));
  async function begin(): Promise<void> {
    await now();
    if (isStopped || pollMilliseconds === Infinity) return;
    timer = setTimeout(() => void begin(), untilNextLook(performance.now(), pollMilliseconds));
    // A process that has nothing else to do may end.
    if (typeof timer === "object") timer.unref();
  }
  return {
    now,
    begin,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
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
