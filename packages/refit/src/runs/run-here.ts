import type { FailedModel } from "@refit/core/errors";
import { keepTables } from "../data/kept-tables.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { RunRequest } from "../products/context.ts";
import type { RunResult } from "../products/outcome.ts";
import { despiteRaces } from "./despite-races.ts";
import { openHandOver, type HandedOverFolder } from "./open-hand-over.ts";
import { openedForRun } from "./opened-for-run.ts";
import { orFailed } from "./or-failed.ts";
import { run } from "./run.ts";

/** What holds for all models of a run. */
export interface RunModelsRequest extends Pick<RunRequest, "force" | "dryRun"> {
  /** `null`: candidates are trained here. */
  readonly handedOver: HandedOverFolder | null;
}

export interface RunsHere {
  /** @throws what ends the run of all models; where there is only one, every failure. */
  run(model: string, isOnly: boolean): Promise<RunResult>;
  close(): Promise<void>;
}

/** Runs models in this process, one after the other. Where two of one dataset follow each other, its rows are read once. */
export async function runsHere(
  ports: Ports,
  start: Repository,
  { force, dryRun, handedOver }: RunModelsRequest,
): Promise<RunsHere> {
  const candidates = handedOver === null ? undefined : await openHandOver(ports, start.root, handedOver);
  let repository = start;
  let kept = keepTables(ports, start.commonDir);

  const runOne = (model: string) =>
    despiteRaces(async (isRepeated) => {
      if (isRepeated) repository = await openedForRun(ports, dryRun);
      return run({ ...ports, tables: kept.tables }, repository, { model, force, dryRun, candidates });
    });
  return {
    async run(model, isOnly) {
      if (isOnly) return runOne(model);
      const result = await ports.naming.about(model, () =>
        orFailed<RunResult>(() => runOne(model), failedResult(model)),
      );
      if (result.decision !== "failed") return result;
      // The next model opens its own: these may be in any state.
      await kept.close();
      kept = keepTables(ports, start.commonDir);
      return result;
    },
    close: () => kept.close(),
  };
}

export const failedResult = (model: string) => (error: FailedModel) => ({ model, decision: "failed" as const, error });
