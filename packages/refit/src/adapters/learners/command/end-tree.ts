import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessTree } from "./process-tree.ts";

export interface EndingPatience {
  /** Milliseconds that processes have to end by themselves: after SIGTERM, and after the program itself has ended. */
  readonly gentle: number;
  /** Milliseconds that the system has to end them after SIGKILL. */
  readonly firm: number;
}

export const endingPatience: EndingPatience = { gentle: 3000, firm: 10_000 };

/**
 * Ends what is left.
 *
 * @param now whether to ask at once, or to wait a moment for processes that are about to end.
 * @returns ids of those that nothing ends, such as one that waits for a disk which does not answer.
 */
export async function endTree(
  tree: Pick<ProcessTree, "alive" | "signal">,
  now: boolean,
  { gentle, firm }: EndingPatience = endingPatience,
): Promise<readonly number[]> {
  if (now) tree.signal("SIGTERM");
  const started = performance.now();
  for (;;) {
    const left = tree.alive();
    const waited = performance.now() - started;
    if (left.length === 0 || waited > gentle + firm) return left;
    if (waited > gentle) tree.signal("SIGKILL");
    await sleep(50);
  }
}
