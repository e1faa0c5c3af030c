import { setTimeout as wait } from "node:timers/promises";
import { SourceUnreachableError } from "@refit/core/errors";

/** How long to wait for servers; tests have less patience. */
export interface SourcePatience {
  /** Milliseconds that stand for a second of waiting between tries. */
  readonly secondMs: number;
  /** Milliseconds of silence after which a request is given up. */
  readonly timeoutMs: number;
}

export const usualPatience: SourcePatience = { secondMs: 1000, timeoutMs: 60_000 };

/** Something that may go well the next time. It never leaves the adapters of sources. */
export class PassingFault extends Error {
  /** Seconds that the server asks us to wait; `null`: it says nothing. */
  readonly retryAfter: number | null;

  /** @param why a clause without anything of the answer, such as `the server answered 503`. */
  constructor(why: string, options?: ErrorOptions & { readonly retryAfter?: number | null }) {
    super(why, options);
    this.retryAfter = options?.retryAfter ?? null;
  }
}

/** Seconds before each further try. */
const waits = [0.5, 2, 8];
const longestWait = 60;

/**
 * Tries again what failed in passing.
 *
 * @param path as messages name it.
 * @throws SourceUnreachableError when it failed each time, and whatever `work` throws otherwise.
 */
export async function patiently<T>(
  path: string,
  { secondMs }: SourcePatience,
  work: () => Promise<T>,
  tries = waits.length + 1,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PassingFault)) throw error;
      if (attempt >= tries) {
        const often = tries === 1 ? "" : `, ${tries} times in a row`;
        throw new SourceUnreachableError(path, `${error.message}${often}`, { cause: error });
      }
      const seconds = Math.min(longestWait, error.retryAfter ?? waits[attempt - 1]!);
      await wait(seconds * secondMs);
    }
  }
}
