import { LedgerBusyError, PushRejectedError, RefMovedError, type RefitError } from "@refit/core/errors";

const mostTries = 4;

/**
 * Does again what another run or a person was in the way of, from the new state on, as whoever reads the error would.
 *
 * @param work may be repeated, and begins with a look at the remote when it is.
 */
export async function despiteRaces<T>(work: (isRepeated: boolean) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work(tries > 1);
    } catch (error) {
      if (tries === mostTries || !isLostRace(error)) throw error;
    }
  }
}

export function isLostRace(error: unknown): error is RefitError {
  if (error instanceof PushRejectedError) return error.reason === "moved";
  return error instanceof RefMovedError || error instanceof LedgerBusyError;
}
