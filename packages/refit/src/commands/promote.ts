import { UsageError, type ModelHistory, type ModelVersion } from "@refit/core";
import { fetched } from "../history/fetched.ts";
import { readModelHistory } from "../history/model-history.ts";
import { flatName } from "../history/model-names.ts";
import { listModels } from "../history/models.ts";
import type { Ports, RefUpdate, Repository } from "../ports.ts";
import { closeObsolete, publishLive, rememberRollbacks, settleAlert } from "../reconcile.ts";
import type { Flags } from "./command.ts";

export const usage = "refit promote [--dry-run] [--json]";
export const summary =
  "Make the views of what the base branch says: tags, releases, alerts for broken folders; remember rollbacks.";
export const options = { "dry-run": { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = { "dry-run": "say which tags are missing, write nothing", json: "print the tags as JSON" };

/** Most tags made in one run, newest first: a long history is caught up with over several runs. */
const MOST_TAGS = 500;

export interface TagResult {
  readonly model: string;
  readonly tag: string;
  /** Git tree id. */
  readonly version: string;
  readonly result: "created" | "exists" | "missing" | "history-rewritten" | "broken" | "live-again";
}

/** May run any number of times, from any event: it only ever adds what is missing. A tag that disagrees is told, never moved. */
export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("promote takes no names: it looks at every model.", usage);
  const dryRun = flags["dry-run"] === true;
  const repository = await fetched(ports, dryRun);

  const results: TagResult[] = [];
  const histories = new Map<string, ModelHistory>();
  for (const model of await listModels(ports, repository)) {
    const { history } = await readModelHistory(ports, repository, model);
    histories.set(model, history);
    for (const version of history.versions.slice(-MOST_TAGS).filter((each) => isTold(history, each)))
      results.push(await tagVersion(ports, repository, model, version, dryRun));
  }
  const updates = await Promise.all(
    results.filter((r) => r.result === "created" || r.result === "exists").map((r) => tagUpdate(ports, r)),
  );
  // Memory first, then what people wait for; tags and what stands on them may be refused by a rule.
  if (!dryRun) {
    const { ledgers, fresh } = await rememberRollbacks(ports, repository, histories);
    for (const model of fresh) results.push(...liveAgain(model, histories.get(model)!));
    for (const [model, history] of histories) {
      await settleAlert(ports, repository, model, history, ledgers.get(model) ?? []);
      await closeObsolete(ports, repository, model);
    }
    if (updates.length > 0) await ports.branches.push(repository, updates);
    for (const [model, history] of histories) await publishLive(ports, repository, model, history);
  }

  if (flags.json === true) ports.out.print(JSON.stringify(results, null, 2));
  else for (const { tag, result } of results) ports.out.print(`${tag}  ${result}`);
  return results.some((r) => r.result === "broken") ? 2 : 0;
}

/** A broken folder that was mended or rolled back has no tag, and nobody needs to act on it any more. */
function isTold({ state, events }: ModelHistory, { broken, number }: ModelVersion): boolean {
  return broken === null || (state === "broken" && events.at(-1)?.number === number);
}

async function tagVersion(
  ports: Ports,
  repository: Repository,
  model: string,
  version: ModelVersion,
  dryRun: boolean,
): Promise<TagResult> {
  const tag = `${flatName(model)}@v${version.number}`;
  const told = { model, tag, version: version.treeId };
  if (version.broken !== null) return { ...told, result: "broken" };
  if (dryRun) {
    const known = await ports.git.resolve(`refs/tags/${tag}`);
    return { ...told, result: known === null ? "missing" : "exists" };
  }
  const message = `${model} v${version.number}\n\nTree: ${version.treeId}\n`;
  const made = await ports.branches.tag(repository, {
    name: tag,
    commit: version.sha,
    message,
    at: version.committedAt,
  });
  return { ...told, result: made === "exists-elsewhere" ? "history-rewritten" : made };
}

/** The version that a rollback brought back; none where the folder is gone or broken since. */
function liveAgain(model: string, { champion, state }: ModelHistory): TagResult[] {
  if (champion === null || state !== "live") return [];
  const tag = `${flatName(model)}@v${champion.number}`;
  return [{ model, tag, version: champion.treeId, result: "live-again" }];
}

async function tagUpdate(ports: Ports, { tag }: TagResult): Promise<RefUpdate> {
  const ref = `refs/tags/${tag}`;
  return { ref, id: await ports.git.resolve(ref), expected: null };
}
