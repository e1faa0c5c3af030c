import { failedModel, isOfOneModel, RefitError, type FailedModel } from "@refit/core/errors";
import { isLostRace } from "./despite-races.ts";

/**
 * The work on one of several models, or its failure as a value, so that the next one gets its turn.
 *
 * @throws what concerns all models, and bugs.
 */
export async function orFailed<T>(work: () => Promise<T>, failed: (error: FailedModel) => T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefitError && isOfOneModel(error))) throw error;
    return failed(failedModel(error));
  }
}

/** For `catch`, where what cannot be read can be done without. @throws bugs */
export function nullIfForeseen(error: unknown): null {
  if (error instanceof RefitError) return null;
  throw error;
}

/** The same as `orFailed` for one model of a group, all of which run again where a race is lost. @throws that race, too */
export function orFailedOrRace<T>(work: () => Promise<T>, failed: (error: FailedModel) => T): Promise<T> {
  return work().catch((error: unknown) => {
    if (isLostRace(error)) throw error;
    return orFailed<T>(() => Promise.reject(error), failed);
  });
}
