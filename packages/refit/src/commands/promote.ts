import { RefitError, UsageError } from "@refit/core/errors";
import type { ModelHistory } from "@refit/core/history";
import { fetched } from "../versions/fetched.ts";
import { liveFormatError } from "../versions/live-format.ts";
import { readModelHistory } from "../versions/model-history.ts";
import { listModels } from "../versions/models.ts";
import { ensureTags, liveAgain, pushTags, type TagResult } from "../versions/version-tags.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import {
  closeObsolete,
  publishLive,
  readPolicy,
  rememberRollbacks,
  settleAlert,
  type Policy,
} from "../runs/reconcile.ts";
import type { Flags } from "./command.ts";

type ReconcilePorts = Pick<Ports, "clock" | "git" | "branches" | "largeFiles" | "forge" | "publisher" | "files">;

export const usage = "refit promote [--dry-run] [--json]";
export const summary =
  "Create tags, releases and alerts from the base branch, and record rollbacks. Merging promotes, not this command.";
export const options = { "dry-run": { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  "dry-run": "print which tags are missing and write nothing",
  json: "print the tags as JSON",
};

interface Model {
  readonly history: ModelHistory;
  /** Or why it cannot be read. */
  readonly policy: Policy | RefitError;
}

/** May run any number of times, from any event: it only ever adds what is missing. */
export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("promote takes no arguments; it looks at every model.", usage);
  const dryRun = flags["dry-run"] === true;
  const repository = await fetched(ports, dryRun);

  const results: TagResult[] = [];
  const models = new Map<string, Model>();
  for (const model of await listModels(ports, repository)) {
    const { history } = await readModelHistory(ports, repository, model);
    const newer = liveFormatError(model, history);
    if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
    const policy = await attempt(() => readPolicy(ports, repository, model));
    models.set(model, { history, policy });
    const gto = !(policy instanceof RefitError) && policy.tags === "gto";
    results.push(...(await ensureTags(ports, repository, { model, history }, { gto, dryRun })));
  }
  const failures = dryRun ? [] : await reconcile(ports, repository, models, results);

  if (flags.json === true) ports.out.print(JSON.stringify(results, null, 2));
  else for (const { tag, result } of results) ports.out.print(`${tag}  ${result}`);
  if (failures[0] !== undefined) throw failures[0];
  return results.some(({ result }) => result === "broken" || result === "format-newer") ? 2 : 0;
}

/**
 * Memory first, then what people wait for; tags and what stands on them may be refused by a rule. What fails for one
 * model is not in the way of the others.
 *
 * @param results gets the versions that a rollback brought back.
 * @returns what failed.
 */
async function reconcile(
  ports: ReconcilePorts,
  repository: Repository,
  models: ReadonlyMap<string, Model>,
  results: TagResult[],
): Promise<RefitError[]> {
  const histories = new Map([...models].map(([model, { history }]) => [model, history]));
  const { ledgers, fresh } = await rememberRollbacks(ports, repository, histories);
  for (const [model, { history }] of models) {
    await settleAlert(ports, repository, { model, history }, ledgers.get(model) ?? []);
    await closeObsolete(ports, repository, model);
  }
  await pushTags(ports, repository, results);
  for (const model of fresh) results.push(...liveAgain(model, histories.get(model)!));
  const failures: RefitError[] = [];
  for (const [model, { history, policy }] of models) {
    const failure =
      policy instanceof RefitError
        ? policy
        : await attempt(() => publishLive(ports, repository, { model, history }, policy));
    if (failure instanceof RefitError) failures.push(failure);
  }
  return failures;
}

async function attempt<T>(work: () => Promise<T>): Promise<T | RefitError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefitError) return error;
    throw error;
  }
}
