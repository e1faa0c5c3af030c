import { Worker } from "node:worker_threads";
import { type DrawReplicates, drawReplicates } from "@refit/core/statistics";
import { threadsHere } from "../machine.ts";
import { resamplingProgram } from "./program.ts";
import { finish, NOT_DRAWN, type SharedReplicates, takePart } from "./take-part.ts";

/** Who draws. */
export interface ResamplingTeam {
  /** Of the other threads; `null`: there are none. */
  readonly program: string | null;
  /** Most that work at once, the calling one included. */
  readonly threads: number;
  /** Rows × replicates × pairs for each thread. */
  readonly drawsPerThread: number;
}

/** With fewer draws a thread takes longer to start than it saves. */
const machine: ResamplingTeam = {
  program: resamplingProgram,
  threads: Math.min(16, threadsHere()),
  drawsPerThread: 20_000_000,
};
const PATIENCE_MILLISECONDS = 200;

/** Draws resamples on several threads, this one included; it blocks until all are there. */
export function threadedReplicates(team: Partial<ResamplingTeam> = {}): DrawReplicates {
  const { program, threads, drawsPerThread } = { ...machine, ...team };
  return (request) => {
    const { pairs, replicates, target } = request;
    const useful = Math.floor((target.length * replicates * pairs.length) / drawsPerThread);
    const count = Math.min(threads, useful);
    if (program === null || count < 2) return drawReplicates(request);
    const values = new Float64Array(new SharedArrayBuffer(8 * replicates * pairs.length)).fill(NOT_DRAWN);
    const shared: SharedReplicates = { request, values, control: new Int32Array(new SharedArrayBuffer(8)) };
    const helpers = Array.from({ length: count - 1 }, () => helper(program, shared));
    takePart(shared);
    finish(shared, PATIENCE_MILLISECONDS);
    for (const each of helpers) void each.terminate();
    return pairs.map((_, pair) =>
      Float64Array.from({ length: replicates }, (_value, i) => values[i * pairs.length + pair]!),
    );
  };
}

function helper(program: string, shared: SharedReplicates): Worker {
  const worker = new Worker(program, { eval: true, workerData: shared });
  // Without it this thread does the work.
  worker.on("error", () => {});
  worker.unref();
  return worker;
}
