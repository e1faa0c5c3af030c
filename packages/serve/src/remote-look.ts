import type { FoundLive } from "./follow.ts";

/** How a remote is asked again and again. */
export interface RemoteLookOptions {
  /** Milliseconds that only grow, since any moment. */
  readonly now: () => number;
  /** After so many milliseconds without an answer no look waits for it any more. */
  readonly patienceMilliseconds?: number;
}

const longestWait = 300_000;

/** Milliseconds until a remote that has failed so often in a row is asked again; the first time at the next look. */
export function waitAfter(failures: number): number {
  if (failures < 2) return 0;
  return Math.min(longestWait, 10_000 * 2 ** (failures - 1));
}

/**
 * Brings what a remote has, however many ask for it at a time by one attempt, and less and less often where that fails.
 *
 * @param bring throws where the remote has not answered
 * @returns asks now, unless it is too early; says why what is here may not be what the remote has, and `null` where it is. It never throws.
 */
export function remoteLook(
  bring: () => Promise<void>,
  { now, patienceMilliseconds = 30_000 }: RemoteLookOptions,
): () => Promise<string | null> {
  let why: string | null = null;
  let failures = 0;
  let due = -Infinity;
  let attempt: Promise<void> | null = null;

  async function tried(): Promise<void> {
    try {
      await bring();
      why = null;
      failures = 0;
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
      failures += 1;
      due = now() + waitAfter(failures);
    }
    attempt = null;
  }
  function begun(): Promise<void> {
    let late: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<void>((settle) => {
      late = setTimeout(() => {
        why = `The remote has not answered for ${patienceMilliseconds / 1000} seconds.`;
        settle();
      }, patienceMilliseconds);
    });
    return Promise.race([tried().finally(() => clearTimeout(late)), tooLong]);
  }
  return async () => {
    if (attempt === null && now() < due) return why;
    await (attempt ??= begun());
    return why;
  };
}

/** What `find` finds, which may not be what is live where the remote has not answered. */
export async function unlessStale(
  remote: () => Promise<string | null>,
  find: () => Promise<FoundLive>,
): Promise<FoundLive> {
  const why = await remote();
  const found = await find();
  return why === null ? found : { ...found, stale: found.stale ?? why };
}
