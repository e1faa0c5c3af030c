import { failedModel, isOfOneModel, RefitError } from "@refit/core/errors";
import { nextModel, specPath, type WaitingModel } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { Worker } from "../ports/workers.ts";
import type { RunResult } from "../products/outcome.ts";
import { decodeText } from "../text.ts";
import { failedResult } from "./run-here.ts";

/** Who runs models, one at a time. */
interface Lane {
  run(model: string): Promise<RunResult>;
  close(): Promise<void>;
}

/**
 * Runs models in several lanes at once, each its models one after the other, those of one dataset in one lane as long as that keeps
 * nobody waiting. Where something ends the run as a whole, the lanes finish what they have begun.
 *
 * @param onResult called as each one ends.
 */
export async function runInLanes(
  ports: Pick<Ports, "git">,
  repository: Repository,
  models: readonly string[],
  { lanes, onResult }: { readonly lanes: readonly Lane[]; readonly onResult: (result: RunResult) => void },
): Promise<void> {
  const waiting = await withDatasets(ports, repository, models);
  const open: (string | null)[] = lanes.map(() => null);
  let isStopped = false;

  async function runLane(lane: Lane, own: number): Promise<void> {
    try {
      for (;;) {
        const others = new Set(open.filter((dataset, i) => dataset !== null && i !== own) as string[]);
        const at = isStopped ? null : nextModel(waiting, open[own]!, others);
        if (at === null) return;
        const [{ model, dataset }] = waiting.splice(at, 1) as [WaitingModel];
        open[own] = dataset;
        onResult(await lane.run(model));
      }
    } catch (error) {
      isStopped = true;
      throw error;
    } finally {
      open[own] = null;
      await lane.close();
    }
  }
  const ends = await Promise.allSettled(lanes.map(runLane));
  const failed = ends.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
}

/** By their text, unparsed: a wrong guess costs time and changes nothing. */
async function withDatasets(
  { git }: Pick<Ports, "git">,
  repository: Repository,
  models: readonly string[],
): Promise<WaitingModel[]> {
  const specs = models.map((model) => `${repository.baseCommit}:${specPath(model, repository)}`);
  const texts = models.length < 2 ? [] : await git.read(specs);
  return models.map((model, i) => {
    const text = decodeText(texts[i] ?? new Uint8Array());
    const [, dataset] = /^\s*"?data"?:\s*["']?([a-z0-9/-]+)/m.exec(text) ?? [];
    // Nothing is known of what it reads, so that it goes with no other.
    return { model, dataset: dataset ?? `of ${model}` };
  });
}

/** A lane that is a process. One that is gone takes the model with it that it was at, and the next model gets another. */
export function workerLane(
  ports: Pick<Ports, "workers" | "naming" | "publication" | "out">,
  repository: Repository,
  beside: number,
): Lane {
  let worker: Worker | null = null;
  return {
    async run(model) {
      worker ??= ports.workers.start(beside, ports.out);
      const { run } = worker;
      try {
        const { outcome, refs } = await ports.naming.about(model, () => run({ model, repository }));
        ports.publication.include(refs);
        return outcome as RunResult;
      } catch (error) {
        worker = null;
        if (!(error instanceof RefitError && isOfOneModel(error))) throw error;
        return failedResult(model)(failedModel(error));
      }
    },
    close: async () => worker?.end(),
  };
}
