import { failedModel, isOfOneModel, RefitError } from "@refit/core/errors";
import { groupBranch, nextModel, proposalBranch } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { Worker, WorkUnit } from "../ports/workers.ts";
import type { RunResult } from "../products/outcome.ts";
import { failedResult } from "./run-here.ts";

/** Who runs models, one at a time. */
interface Lane {
  /** @param next branches that the forge is asked about for this unit and those that wait, in their order, as many as one question may name. */
  run(unit: WorkUnit, next: () => readonly string[]): Promise<readonly RunResult[]>;
  close(): Promise<void>;
}

/**
 * Runs models in several lanes at once, each its models one after the other, those of one dataset in one lane as long as that keeps
 * nobody waiting. Where something ends the run as a whole, the lanes finish what they have begun.
 *
 * @param onResults called as each unit ends.
 */
export async function runInLanes(
  units: readonly WorkUnit[],
  {
    lanes,
    onResults,
  }: { readonly lanes: readonly Lane[]; readonly onResults: (results: readonly RunResult[]) => void },
): Promise<void> {
  const waiting = units.map((unit) => ({ unit, dataset: datasetOf(unit) }));
  const left = new Map<string, number>();
  for (const { dataset } of waiting) left.set(dataset, (left.get(dataset) ?? 0) + 1);
  const open: (string | null)[] = lanes.map(() => null);
  let isStopped = false;

  async function runLane(lane: Lane, own: number): Promise<void> {
    try {
      for (;;) {
        const others = new Set(open.filter((dataset, i) => dataset !== null && i !== own) as string[]);
        // Of thousands of datasets it is not looked for what has none left.
        const mine = (left.get(open[own] ?? "") ?? 0) > 0 ? open[own]! : null;
        const at = isStopped ? null : nextModel(waiting, mine, others);
        if (at === null) return;
        const [{ unit, dataset }] = waiting.splice(at, 1) as [WaitingUnit];
        open[own] = dataset;
        left.set(dataset, left.get(dataset)! - 1);
        const next = () => [unit, ...waiting.slice(0, mostNext).map((each) => each.unit)].map(branchOf);
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

/** Where nothing is known of what it reads, it goes with no other. */
const datasetOf = ({ dataset, models }: WorkUnit) => dataset ?? `of ${models[0]}`;

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
        const { outcomes, refs } = await ports.naming.about(name, () => run({ ...unit, repository, next: next() }));
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
