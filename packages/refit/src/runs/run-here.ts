import { failedModel, type FailedModel, GroupHandOverError } from "@refit/core/errors";
import { keepListings } from "../data/kept-listings.ts";
import { keepTables } from "../data/kept-tables.ts";
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
  let kept = keepTables(ports, start.commonDir);
  const listings = keepListings(ports);

  /** The next model opens its own: these may be in any state. */
  const renewTables = async () => {
    await kept.close();
    kept = keepTables(ports, start.commonDir);
  };
  const runUnit = ({ group, models }: WorkUnit) =>
    despiteRaces<readonly RunResult[]>(async (isRepeated) => {
      if (isRepeated) repository = await openedForRun(ports, dryRun);
      if (isRepeated) listings.forget();
      const here = {
        ...ports,
        sources: listings.sources,
        get tables() {
          return kept.tables;
        },
      };
      if (group === null) return [await run(here, repository, { model: models[0]!, force, dryRun, candidates })];
      if (candidates !== undefined)
        return models.map((model) => failedResult(model)(failedModel(new GroupHandOverError(model, group))));
      return runGroup(here, repository, { group, models, force, dryRun, afterFailure: renewTables });
    });
  return {
    async run(unit, isOnly) {
      if (isOnly) return runUnit(unit);
      const failed = (error: FailedModel) => unit.models.map((model) => failedResult(model)(error));
      const work = () => orFailed<readonly RunResult[]>(() => runUnit(unit), failed);
      const results = await (unit.group === null ? ports.naming.about(unit.models[0]!, work) : work());
      if (!results.every(({ decision }) => decision === "skipped")) listings.forget();
      if (results.every(({ decision }) => decision !== "failed")) return results;
      await renewTables();
      return results;
    },
    close: () => kept.close(),
  };
}

export const failedResult = (model: string) => (error: FailedModel) => ({ model, decision: "failed" as const, error });
