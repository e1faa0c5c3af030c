import type { FailedModel } from "@refit/core/errors";
import { joinLedgers } from "../ledger/ledger.ts";
import { withKeptTables } from "../data/kept-tables.ts";
import { fetched } from "../versions/fetched.ts";
import { readAhead } from "../versions/read-ahead.ts";
import { isName, listModels } from "../versions/models.ts";
import type { RunResult } from "../products/outcome.ts";
import type { Ports } from "../ports/index.ts";
import type { Output } from "../ports/output.ts";
import type { Repository } from "../ports/repository.ts";
import type { RunRequest } from "../products/context.ts";
import { laidOutOnDisk } from "../specs/read-layout.ts";
import { despiteRaces } from "./despite-races.ts";
import { openHandOver, type HandedOverFolder } from "./open-hand-over.ts";
import { orFailed } from "./or-failed.ts";
import { run } from "./run.ts";
import { watchedPaths } from "./watched-paths.ts";

export interface RunModelsRequest extends Pick<RunRequest, "force" | "dryRun"> {
  /** `null`: candidates are trained here. */
  readonly handedOver: HandedOverFolder | null;
}

/**
 * Runs the named models, one after the other; none named: all. One of several that fails does not stop those after it.
 *
 * @param onOutcome called as each one ends.
 */
export async function runModels(
  ports: Ports,
  names: readonly string[],
  { force, dryRun, handedOver }: RunModelsRequest,
  onOutcome: (outcome: RunResult) => void,
): Promise<readonly RunResult[]> {
  const { out, noticed } = listening(ports.out);
  const heard = { ...ports, out };
  const open = async (wants?: { readonly tags: boolean }) => {
    const found = await fetched(heard, dryRun, wants);
    return dryRun ? laidOutOnDisk(ports, found) : found;
  };
  let repository = await open({ tags: false });
  for (const notice of repository.notices) out.notice(notice);
  if (!dryRun) await joinLedgers(ports, repository, ports.clock.now());
  const models = names.length > 0 ? names : await listModels(heard, repository);
  if (models.length === 0)
    out.notice(
      `There is no model on ${repository.baseBranch} yet: create one with \`refit init\` and commit it there.`,
    );

  await readAhead(heard, repository, models.filter(isName));
  const candidates = handedOver === null ? undefined : await openHandOver(ports, repository.root, handedOver);
  const outcomes: RunResult[] = [];
  for (const model of models) {
    const runOne = () =>
      despiteRaces(async (isRepeated) => {
        if (isRepeated) repository = await open();
        const { commonDir } = repository;
        return withKeptTables(heard, commonDir, (kept) => run(kept, repository, { model, force, dryRun, candidates }));
      });
    const outcome = models.length === 1 ? await runOne() : await orFailed<RunResult>(runOne, failed(model));
    outcomes.push(outcome);
    onOutcome(outcome);
  }
  if (force === null && !dryRun && !noticed())
    await rememberQuiet(ports, repository, models, { models: names, outcomes });
  return outcomes;
}

const failed = (model: string) => (error: FailedModel) => ({ model, decision: "failed" as const, error });

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
