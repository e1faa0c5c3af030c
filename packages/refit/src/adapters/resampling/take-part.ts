import { pairedReplicate, type ReplicatesRequest } from "@refit/core/statistics";

/** Work that several threads share. */
export interface SharedReplicates {
  readonly request: ReplicatesRequest;
  /** [replicates × pairs], in shared memory: `NOT_DRAWN` until somebody has drawn it. */
  readonly values: Float64Array;
  /** [2], in shared memory: the next replicate that nobody has taken, and how many are drawn. */
  readonly control: Int32Array;
}

/** An improvement is a finite number or NaN. */
export const NOT_DRAWN = Infinity;

const NEXT = 0;
const DRAWN = 1;
/** Replicates that are taken at once: some milliseconds of work on many rows. */
const TAKEN = 4;

/** Draw replicates that nobody has taken, until there are none. */
export function takePart({ request, values, control }: SharedReplicates): void {
  const draw = pairedReplicate(request);
  const pairs = request.pairs.length;
  for (;;) {
    const first = Atomics.add(control, NEXT, TAKEN);
    if (first >= request.replicates) return;
    const end = Math.min(request.replicates, first + TAKEN);
    for (let replicate = first; replicate < end; replicate++) values.set(draw(replicate), replicate * pairs);
    Atomics.add(control, DRAWN, end - first);
    Atomics.notify(control, DRAWN);
  }
}

/**
 * Wait for the replicates that others have taken. Where none comes for a while they are drawn here: a thread may have failed, or wait
 * for a processor; two that draw the same get the same.
 */
export function finish({ request, values, control }: SharedReplicates, patienceMilliseconds: number): void {
  const { pairs, replicates } = request;
  for (let drawn = Atomics.load(control, DRAWN); drawn < replicates; drawn = Atomics.load(control, DRAWN)) {
    if (Atomics.wait(control, DRAWN, drawn, patienceMilliseconds) !== "timed-out") continue;
    const draw = pairedReplicate(request);
    for (let first = 0; first < values.length; first += pairs.length) {
      const isDrawn = !values.subarray(first, first + pairs.length).includes(NOT_DRAWN);
      if (!isDrawn) values.set(draw(first / pairs.length), first);
    }
    return;
  }
}
