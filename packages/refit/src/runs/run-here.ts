import type { FailedModel } from "@refit/core/errors";
import { keepListings } from "../data/kept-listings.ts";
import { renewableTables } from "../data/kept-tables.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { WorkUnit } from "../ports/workers.ts";
import type { RunRequest } from "../products/context.ts";
import type { RunResult } from "../products/outcome.ts";
import { despiteRaces } from "./despite-races.ts";
import { openHandOver, type HandedOverFolder } from "./open-hand-over.ts";
import { openedForRun } from "./opened-for-run.ts";
import { orFailed } from "./or-failed.ts";
import { runGroup } from "./run-group.ts";
import { run } from "./run.ts";

/** What holds for all models of a run. */
export interface RunModelsRequest extends Pick<RunRequest, "force" | "dryRun"> {
  /** `null`: candidates are trained here. */
  readonly handedOver: HandedOverFolder | null;
}

export interface RunsHere {
  /** @throws what ends the run of all models; where there is only one, every failure. */
  run(unit: WorkUnit, isOnly: boolean): Promise<readonly RunResult[]>;
  close(): Promise<void>;
}

/**
 * Runs models in this process, one after the other. Where two of one dataset follow each other, its rows are read once; while models have
 * nothing to do, a dataset is listed once for all of its models.
 */
export async function runsHere(
  ports: Ports,
  start: Repository,
  { force, dryRun, handedOver }: RunModelsRequest,
): Promise<RunsHere> {
  const candidates = handedOver === null ? undefined : await openHandOver(ports, start.root, handedOver);
  let repository = start;
  const listings = keepListings(ports);
  // The next model opens its own after a failure: these may be in any state.
  const { ports: here, renew, close } = renewableTables({ ...ports, sources: listings.sources }, start.commonDir);
  const runUnit = ({ group, models }: WorkUnit) =>
    despiteRaces<readonly RunResult[]>(async (isRepeated) => {
      // What is fetched moves branches.
      if (isRepeated) repository = await ports.turns.take(() => openedForRun(ports, dryRun));
      if (isRepeated) listings.forget();
      const request = { force, dryRun, candidates };
      if (group === null) return [await run(here, repository, { ...request, model: models[0]! })];
      return runGroup(here, repository, { ...request, group, models, afterFailure: renew });
    });
  return {
    async run(unit, isOnly) {
      const [first] = unit.models as [string];
      const isOne = unit.group === null;
      if (isOnly) return isOne ? ports.naming.alone(first, () => runUnit(unit)) : runUnit(unit);
      const failed = (error: FailedModel) => unit.models.map((model) => failedResult(model)(error));
      const work = () => orFailed<readonly RunResult[]>(() => runUnit(unit), failed);
      const results = await (isOne ? ports.naming.about(first, work) : work());
      if (!results.every(({ decision }) => decision === "skipped")) listings.forget();
      if (results.every(({ decision }) => decision !== "failed")) return results;
      await renew();
      return results;
    },
    close,
  };
}

export const failedResult = (model: string) => (error: FailedModel) => ({ model, decision: "failed" as const, error });
