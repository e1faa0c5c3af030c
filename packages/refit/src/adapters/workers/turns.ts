import type { Turns } from "../../ports/workers.ts";

/** Turns of one process: whoever asks first is first. */
export function turnsInOrder(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(work, work);
      last = turn;
      return turn;
    },
  };
}
