import { readHistory, type FolderCommit, type ModelHistory, type TreeFacts } from "@refit/core/history";
import { championFolder, flatName } from "@refit/core/history";
import { keepValue, recallValue } from "../data/cache.ts";
import type { Files } from "../ports/files.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { storedMetrics } from "./stored-metrics.ts";
import { checkWhole, factsOfTrees } from "./tree-facts.ts";
import { version } from "../version.ts";

/** Holdout metrics by tree id, in the order of `metrics.json`. */
export type MetricsByTree = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** All that `readHistory` needs, as far as one commit of the base branch. */
interface HistoryFacts {
  readonly commits: readonly FolderCommit[];
  readonly trees: Readonly<Record<string, TreeFacts>>;
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * What happened to a model on the base branch, with each version's metrics. Read from git once per commit of the base
 * branch; after that a file in the git common directory has it.
 */
export async function readModelHistory(
  ports: Pick<Ports, "git" | "files">,
  repository: Repository,
  model: string,
): Promise<{ readonly history: ModelHistory; readonly metrics: MetricsByTree }> {
  const facts =
    (await recallFacts(ports.files, repository, model)) ??
    (await rememberFacts(ports.files, repository, model, await readFacts(ports, repository, model)));
  return {
    history: readHistory(facts.commits, (treeId) => facts.trees[treeId]!),
    metrics: new Map(Object.entries(facts.metrics)),
  };
}

/**
 * Opens two small files per version. Only the champion is hashed as a whole, once; when it fails it is broken, and the
 * valid version before it is hashed in its place.
 */
async function readFacts(
  ports: Pick<Ports, "git" | "files">,
  repository: Repository,
  model: string,
): Promise<HistoryFacts> {
  const folder = championFolder(model);
  const log = await ports.git.log(repository.baseCommit, [folder], ["lineage.json", "metrics.json"]);
  const states = log.get(folder) ?? [];
  const trees = new Map(states.flatMap((state) => (state.treeId === null ? [] : [[state.treeId, state] as const])));
  const facts = await factsOfTrees(ports, trees);
  for (;;) {
    const { champion } = readHistory(states, (treeId) => facts.get(treeId)!);
    if (champion === null || champion.newerFormat !== null) break;
    const broken = await checkWhole(ports, repository, champion.treeId, trees.get(champion.treeId)!.files);
    if (broken === null) break;
    facts.set(champion.treeId, { ...facts.get(champion.treeId)!, broken });
  }
  return {
    commits: states.map(({ sha, committedAt, author, subject, treeId }) => ({
      sha,
      committedAt,
      author,
      subject,
      treeId,
    })),
    trees: Object.fromEntries(facts),
    metrics: Object.fromEntries(
      [...trees].map(([treeId, state]) => [treeId, storedMetrics(state.contents.get("metrics.json") ?? null)]),
    ),
  };
}

interface Remembered {
  /** Of refit: another one may read the same history in another way. */
  readonly version: string;
  readonly baseCommit: string;
  readonly facts: HistoryFacts;
}

async function recallFacts(files: Files, repository: Repository, model: string): Promise<HistoryFacts | null> {
  const remembered = (await recallValue(files, repository, cacheName(model)))?.value as Remembered | undefined;
  const same = remembered?.version === version && remembered.baseCommit === repository.baseCommit;
  return same ? remembered.facts : null;
}

async function rememberFacts(
  files: Files,
  repository: Repository,
  model: string,
  facts: HistoryFacts,
): Promise<HistoryFacts> {
  const remembered: Remembered = { version, baseCommit: repository.baseCommit, facts };
  await keepValue(files, repository, cacheName(model), remembered);
  return facts;
}

const cacheName = (model: string) => `history/${flatName(model)}.json`;
