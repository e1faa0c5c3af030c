import { joinLedgers, shareLedger } from "../ledger/ledger.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { isName, listModels } from "../versions/models.ts";
import type { RunResult } from "../products/outcome.ts";
import type { Ports } from "../ports/index.ts";
import type { Output } from "../ports/output.ts";
import type { Repository } from "../ports/repository.ts";
import type { WorkUnit } from "../ports/workers.ts";
import { ensureDashboard } from "./dashboard.ts";
import { openedForRun } from "./opened-for-run.ts";
import { tellAdded, workUnits } from "./proposal-groups.ts";
import { runInLanes, workerLane } from "./run-beside.ts";
import { runsHere, type RunModelsRequest } from "./run-here.ts";
import { watchedPaths } from "./watched-paths.ts";

export interface RunSeveralRequest extends RunModelsRequest {
  /** How many models may be in work at once; more than one: each in a process of its own. `null`: as many as `refit.yaml` says. */
  readonly parallel: number | null;
}

/**
 * Runs the named models; none named: all. One of several that fails does not stop the others.
 *
 * @param onOutcome called as each one ends.
 * @returns in the order of the names, however they ended.
 */
export async function runModels(
  ports: Ports,
  names: readonly string[],
  request: RunSeveralRequest,
  onOutcome: (outcome: RunResult) => void,
): Promise<readonly RunResult[]> {
  const { force, dryRun } = request;
  const { out, noticed } = listening(ports.out);
  const heard = { ...ports, out };
  const repository = await openedForRun(heard, dryRun, { tags: false });
  for (const notice of repository.notices) out.notice(notice);
  if (!dryRun) await joinLedgers(ports, repository, ports.clock.now());
  const named = names.length > 0 ? [...new Set(names)] : await listModels(heard, repository);
  if (named.length === 0)
    out.notice(
      `There is no model on ${repository.baseBranch} yet: create one with \`refit init\` and commit it there.`,
    );

  // Before each is asked for its group by itself.
  await readAhead(heard, repository, named.filter(isName));
  const units = await workUnits(heard, repository, named, { workTree: dryRun });
  if (names.length > 0) tellAdded(heard, units, named);
  const models = [...new Set([...named, ...units.flatMap((unit) => unit.models)])];
  const wanted = new Set(named);
  const added = models.filter((model) => !wanted.has(model));
  if (added.length > 0) await readAhead(heard, repository, added.filter(isName));
  const results = new Map<string, RunResult>();
  const onResults = (unit: readonly RunResult[]) => {
    for (const result of unit) results.set(result.model, result);
    // Of a group those that a person has named come first.
    const [asked, others] = [true, false].map((isAsked) => unit.filter(({ model }) => wanted.has(model) === isAsked));
    for (const result of [...asked!, ...others!]) onOutcome(result);
  };
  const lanes = await lanesFor(heard, repository, units, request);
  await runInLanes(units, { lanes, onResults });
  if (!dryRun) await shareLedger(ports, repository, ports.clock.now());
  if (!dryRun) await ensureDashboard(ports, repository);
  const outcomes = models.map((model) => results.get(model)!);
  if (force === null && !dryRun && !noticed())
    await rememberQuiet(ports, repository, models, { models: names, outcomes });
  return outcomes;
}

/** One model at a time is run here. */
async function lanesFor(
  ports: Ports,
  repository: Repository,
  units: readonly WorkUnit[],
  request: RunSeveralRequest,
): Promise<Parameters<typeof runInLanes>[1]["lanes"]> {
  const count = Math.min(request.parallel ?? repository.layout?.parallel ?? 1, units.length);
  if (count > 1) return Array.from({ length: count }, () => workerLane(ports, repository, count));
  const { run, close } = await runsHere(ports, repository, request);
  return [{ run: (unit) => run(unit, units.length === 1 && unit.group === null), close }];
}

/** An output that knows whether something was said besides the results: a quiet run says nothing. */
function listening(out: Output): { readonly out: Output; noticed(): boolean } {
  let heard = false;
  const notice = (sentence: string) => {
    heard = true;
    out.notice(sentence);
  };
  return { out: { ...out, notice }, noticed: () => heard };
}

/** @param ran as it was asked for: no names mean all models. */
async function rememberQuiet(
  ports: Ports,
  repository: Repository,
  models: readonly string[],
  ran: { readonly models: readonly string[]; readonly outcomes: readonly RunResult[] },
): Promise<void> {
  if (!ran.outcomes.every((each) => each.decision === "skipped" && each.heldBack.kind === "unchanged")) return;
  const watched = await watchedPaths(ports, repository, models);
  if (watched !== null) await ports.quiet.remember(repository, ran, watched);
}
