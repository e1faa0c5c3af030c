import {
  canaryFolder,
  championFolder,
  checkModelName,
  claimBook,
  readHistory,
  type FolderState,
  type ModelHistory,
} from "@refit/core/history";
import type { Learned } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import {
  claimsOf,
  forgetHistories,
  openHistories,
  recordOf,
  saveHistories,
  type KeptHistories,
} from "./kept-histories.ts";
import {
  emptyRecord,
  type Claimed,
  type Extended,
  type HistoryRecord,
  type SaidOfJudgement,
  type TreeRecord,
} from "./model-record.ts";
import { factsOfTrees, wrongIn } from "./tree-facts.ts";

type HistoryPorts = Pick<Ports, "git" | "files">;

/** Holdout metrics by tree id, in the order of `metrics.json`. */
export type MetricsByTree = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** What happened to a model on the base branch, and what its versions say of themselves, by tree id. */
export interface KnownHistory {
  readonly history: ModelHistory;
  readonly metrics: MetricsByTree;
  readonly learned: ReadonlyMap<string, Learned>;
  /** Trees of which every file was hashed, and what is wrong with each; `null`: nothing. */
  readonly hashed: ReadonlyMap<string, string | null>;
}

/** The name under which the history of a model's canaries is asked for: as if they were versions of a model. No model has such a name. */
export const canaryLine = (model: string) => `${model}${lineOfCanary}`;

const lineOfCanary = "/canary";

/** The model of which a line tells. */
const modelOfLine = (line: string) => (line.endsWith(lineOfCanary) ? line.slice(0, -lineOfCanary.length) : line);

function folderOfLine(line: string, repository: Repository): string {
  const model = modelOfLine(line);
  return model === line ? championFolder(model, repository) : canaryFolder(model, repository);
}

/** What happened to one model. Whoever asks about many asks `readModelHistories` first. */
export async function readModelHistory(
  ports: HistoryPorts,
  repository: Repository,
  model: string,
): Promise<KnownHistory> {
  return (await readModelHistories(ports, repository, [model])).get(model)!;
}

/**
 * What happened to several models: one log of git for all that is not known yet. A file in the git common directory has what was
 * known at an earlier commit of the base branch; from there on only what changed is read.
 *
 * @throws ModelNameError
 */
export async function readModelHistories(
  ports: HistoryPorts,
  repository: Repository,
  models: readonly string[],
): Promise<ReadonlyMap<string, KnownHistory>> {
  for (const line of models) checkModelName(modelOfLine(line));
  const memory = memoryOf(ports, repository);
  if (models.some((model) => !memory.known.has(model))) {
    for (const model of models) memory.wanted.add(model);
    // One after the other, each with what all others have asked for by then.
    const turn = memory.turn.then(() => learn(ports, repository, memory, [...memory.wanted, ...models]));
    memory.turn = turn.catch(() => {});
    await turn;
  }
  return new Map(models.map((model) => [model, memory.known.get(model)!]));
}

/** What lineages of a model's versions say of how they were judged, of those that this process has read, by tree id; `null`: nothing. */
export function readLineages(
  ports: HistoryPorts,
  repository: Repository,
  model: string,
): ReadonlyMap<string, SaidOfJudgement | null> {
  const { trees } = memoryOf(ports, repository).kept?.changed.get(model)?.record ?? emptyRecord;
  return new Map([...trees].flatMap(([treeId, { judged }]) => (judged === undefined ? [] : [[treeId, judged]])));
}

/** What this process knows, as of one commit of the base branch. */
interface ReadHistories {
  readonly baseCommit: string;
  readonly known: Map<string, KnownHistory>;
  /** Models that somebody waits for. */
  readonly wanted: Set<string>;
  kept: KeptHistories | null;
  turn: Promise<unknown>;
}

const memories = new WeakMap<Ports["git"], ReadHistories>();

function memoryOf({ git }: HistoryPorts, { baseCommit }: Repository): ReadHistories {
  const before = memories.get(git);
  if (before?.baseCommit === baseCommit) return before;
  const memory: ReadHistories = {
    baseCommit,
    known: new Map(),
    wanted: new Set(),
    kept: null,
    turn: Promise.resolve(),
  };
  memories.set(git, memory);
  return memory;
}

const contents = ["lineage.json", "metrics.json"];

async function learn(
  ports: HistoryPorts,
  repository: Repository,
  memory: ReadHistories,
  models: readonly string[],
): Promise<void> {
  memory.wanted.clear();
  const unknown = [...new Set(models)].filter((model) => !memory.known.has(model));
  if (unknown.length === 0) return;
  const kept = (memory.kept ??= await openHistories(ports.files, repository));
  await followBase(ports, repository, kept);
  const fresh = unknown.filter((model) => recordOf(kept, model) === null);
  const log = await ports.git.log(
    repository.baseCommit,
    fresh.map((model) => folderOfLine(model, repository)),
    contents,
  );
  for (const model of fresh) {
    const states = log.get(folderOfLine(model, repository)) ?? [];
    kept.changed.set(model, await extended(ports, emptyRecord, states, []));
  }
  for (const model of unknown) memory.known.set(model, known(recordOf(kept, model)!));
  await saveHistories(ports.files, repository, kept);
}

/** Brings what was kept at an earlier commit of the base branch to where that is now. */
async function followBase(ports: HistoryPorts, repository: Repository, kept: KeptHistories): Promise<void> {
  const { commit, lines } = kept;
  if (commit === null || lines === null || commit === repository.baseCommit) return;
  const models = new Map(lines.keys.map((model) => [folderOfLine(model, repository), model]));
  const start = { commit, filesOf: (folder: string) => recordOf(kept, models.get(folder)!)?.files ?? [] };
  const log = await ports.git.logSince(start, repository.baseCommit, [...models.keys()], contents);
  if (log === null) return forgetHistories(kept);
  for (const [folder, states] of log.states) {
    if (states.length === 0) continue;
    const model = models.get(folder)!;
    const before = recordOf(kept, model);
    const claims = before && (await claimsOf(ports.files, repository, kept, model));
    // Without what it rests on it is read anew.
    if (before === null || claims === null) kept.opened.set(model, null);
    else kept.changed.set(model, await extended(ports, before, states, claims));
  }
  kept.commit = repository.baseCommit;
  kept.gap = log.commits;
}

/**
 * A record with further commits. Opens two small files per new version. Only the champion is hashed as a whole, once; when it
 * fails it is broken, and the valid version before it is hashed in its place.
 */
async function extended(
  ports: HistoryPorts,
  before: HistoryRecord,
  states: readonly FolderState[],
  claims: Claimed,
): Promise<Extended> {
  const book = claimBook(claims);
  const fresh = new Map(
    states.flatMap((state) =>
      state.treeId === null || before.trees.has(state.treeId) ? [] : [[state.treeId, state] as const],
    ),
  );
  const trees = new Map([...before.trees, ...(await factsOfTrees(ports, fresh, book))]);
  const commits = [
    ...before.commits,
    ...states.map(({ sha, committedAt, author, subject, treeId }) => ({ sha, committedAt, author, subject, treeId })),
  ];
  const files = states.at(-1)?.files ?? before.files;
  const last = commits.at(-1)?.treeId;
  const filesOf = (treeId: string) => fresh.get(treeId)?.files ?? (treeId === last ? files : ports.git.list(treeId));
  const hashed = new Map<string, string | null>();
  for (;;) {
    const { champion } = readHistory(commits, factsIn(trees, hashed));
    if (champion === null || champion.newerFormat !== null || hashed.has(champion.treeId)) break;
    const { treeId } = champion;
    const earlier = before.hashed.get(treeId);
    const broken = earlier === undefined ? await wrongIn(ports, await filesOf(treeId)) : earlier;
    hashed.set(treeId, broken);
    // Found whole: then it stays the champion, and the history need not be read again.
    if (broken === null) break;
  }
  return { record: { commits, trees, files, hashed }, claims: book.claims() };
}

function known({ commits, trees, hashed }: HistoryRecord): KnownHistory {
  return {
    history: readHistory(commits, factsIn(trees, hashed)),
    metrics: new Map([...trees].map(([treeId, { metrics }]) => [treeId, metrics])),
    learned: new Map([...trees].map(([treeId, { learned }]) => [treeId, learned])),
    hashed,
  };
}

/** What a whole look at a tree has found weighs more than what it says of itself. */
function factsIn(trees: ReadonlyMap<string, TreeRecord>, hashed: ReadonlyMap<string, string | null>) {
  return (treeId: string) => {
    const facts = trees.get(treeId)!;
    const broken = hashed.get(treeId) ?? facts.broken;
    return broken === facts.broken ? facts : { ...facts, broken };
  };
}
