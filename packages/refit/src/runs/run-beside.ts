import { failedModel, isOfOneModel, RefitError } from "@refit/core/errors";
import { groupBranch, nextModel, proposalBranch, specPath } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { Worker, WorkUnit } from "../ports/workers.ts";
import type { RunResult } from "../products/outcome.ts";
import { decodeText } from "../text.ts";
import { failedResult } from "./run-here.ts";

/** Who runs models, one at a time. */
interface Lane {
  /** @param next branches that the forge is asked about for this unit and those that wait, in their order, as many as one question may name. */
  run(unit: WorkUnit, next: readonly string[]): Promise<readonly RunResult[]>;
  close(): Promise<void>;
}

/**
 * Runs models in several lanes at once, each its models one after the other, those of one dataset in one lane as long as that keeps
 * nobody waiting. Where something ends the run as a whole, the lanes finish what they have begun.
 *
 * @param onResults called as each unit ends.
 */
export async function runInLanes(
  ports: Pick<Ports, "git">,
  repository: Repository,
  units: readonly WorkUnit[],
  {
    lanes,
    onResults,
  }: { readonly lanes: readonly Lane[]; readonly onResults: (results: readonly RunResult[]) => void },
): Promise<void> {
  const waiting = await withDatasets(ports, repository, units);
  const open: (string | null)[] = lanes.map(() => null);
  let isStopped = false;

  async function runLane(lane: Lane, own: number): Promise<void> {
    try {
      for (;;) {
        const others = new Set(open.filter((dataset, i) => dataset !== null && i !== own) as string[]);
        const at = isStopped ? null : nextModel(waiting, open[own]!, others);
        if (at === null) return;
        const [{ unit, dataset }] = waiting.splice(at, 1) as [WaitingUnit];
        open[own] = dataset;
        const next = [unit, ...waiting.slice(0, mostNext).map((each) => each.unit)].map(branchOf);
        onResults(await lane.run(unit, next));
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

/** A lane gets to few of them while what a forge answers still serves. */
const mostNext = 100;

const branchOf = ({ group, models }: WorkUnit) => (group === null ? proposalBranch(models[0]!) : groupBranch(group));

interface WaitingUnit {
  readonly unit: WorkUnit;
  readonly dataset: string;
}

/** By their text, unparsed: a wrong guess costs time and changes nothing. Of a group its first model tells. */
async function withDatasets(
  { git }: Pick<Ports, "git">,
  repository: Repository,
  units: readonly WorkUnit[],
): Promise<WaitingUnit[]> {
  const specs = units.map(({ models }) => `${repository.baseCommit}:${specPath(models[0]!, repository)}`);
  const texts = units.length < 2 ? [] : await git.read(specs);
  return units.map((unit, i) => {
    const text = decodeText(texts[i] ?? new Uint8Array());
    const [, dataset] = /^\s*"?data"?:\s*["']?([a-z0-9/-]+)/m.exec(text) ?? [];
    // Nothing is known of what it reads, so that it goes with no other.
    return { unit, dataset: dataset ?? `of ${unit.models[0]}` };
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
    async run(unit, next) {
      worker ??= ports.workers.start(beside, ports.out);
      const { run } = worker;
      try {
        const name = unit.group ?? unit.models[0]!;
        const { outcomes, refs } = await ports.naming.about(name, () => run({ ...unit, repository, next }));
        ports.publication.include(refs);
        return outcomes as readonly RunResult[];
      } catch (error) {
        worker = null;
        if (!(error instanceof RefitError && isOfOneModel(error))) throw error;
        return unit.models.map((model) => failedResult(model)(failedModel(error)));
      }
    },
    close: async () => worker?.end(),
  };
}
