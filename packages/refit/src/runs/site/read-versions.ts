import type { ModelHistory } from "@refit/core/history";
import type { DriftOnSite, VersionFacts } from "@refit/core/report";
import {
  driftOfVersion,
  factsOfVersion,
  parseTrainedData,
  type TrainedData,
  type ParsedVersion,
  parseVersion,
} from "@refit/site";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { decodeText } from "../../text.ts";
import { addLines, recallLines } from "../../versions/kept-lines.ts";
import type { KnownHistory } from "../../versions/model-history.ts";

type ModelOnSite = Pick<KnownHistory, "history" | "metrics">;
type FileTexts<Name extends string> = Partial<Record<Name, string | null>>;

/** How to make a value from files of a version and of its parent. */
interface VersionReading<Name extends string, Parsed, Value> {
  /** Names of the files, without `.json`. */
  readonly files: readonly Name[];
  parse(texts: FileTexts<Name>, metrics: Readonly<Record<string, number>>): Parsed;
  describe(version: Parsed, parent: Parsed | null): Value;
}

const factsReading: VersionReading<"lineage" | "evaluation", ParsedVersion, VersionFacts> = {
  files: ["lineage", "evaluation"],
  parse: parseVersion,
  describe: factsOfVersion,
};

const driftReading: VersionReading<"profile" | "features", TrainedData, readonly DriftOnSite[]> = {
  files: ["profile", "features"],
  parse: parseTrainedData,
  describe: driftOfVersion,
};

/**
 * What the pages show of versions, by tree id. Nothing is kept: after the first time only the newest pages need it, and a few hundred files are
 * read from git faster than a cache of all versions from the disk.
 *
 * @param models all models. @param treeIds of the versions to read.
 */
export function readVersionFacts(
  ports: Pick<Ports, "git">,
  models: readonly ModelOnSite[],
  treeIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, VersionFacts>> {
  return readVersions(ports, models, (treeId) => treeIds.has(treeId), factsReading);
}

const driftCache = "site/drift";

/** Drift of the training data of versions from those of their parents, by tree id. It is kept, since profiles are large. @param models, treeIds as above */
export async function readVersionDrift(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  models: readonly ModelOnSite[],
  treeIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly DriftOnSite[]>> {
  const found = new Map<string, readonly DriftOnSite[]>();
  if (treeIds.size === 0) return found;
  const before = await recallLines(ports.files, repository, driftCache);
  for (const treeId of treeIds) {
    const kept = (before?.value(treeId) ?? null) as readonly DriftOnSite[] | null;
    if (kept !== null) found.set(treeId, kept);
  }
  const isMissing = (treeId: string) => treeIds.has(treeId) && !found.has(treeId);
  const values = await readVersions(ports, models, isMissing, driftReading);
  if (values.size > 0) {
    await addLines(ports.files, repository, driftCache, { commit: repository.baseCommit, before, values });
  }
  return new Map([...found, ...values]);
}

async function readVersions<Name extends string, Parsed, Value>(
  ports: Pick<Ports, "git">,
  models: readonly ModelOnSite[],
  isWanted: (treeId: string) => boolean,
  reading: VersionReading<Name, Parsed, Value>,
): Promise<ReadonlyMap<string, Value>> {
  const values = new Map<string, Value>();
  for (const model of models) {
    const wanted = model.history.versions.filter(({ treeId }) => isWanted(treeId) && !values.has(treeId));
    for await (const [treeId, value] of readFromGit(ports, model, wanted, reading)) values.set(treeId, value);
  }
  return values;
}

/** Versions that are read from git at once: bounds the memory for their files. */
const BATCH = 2_500;

async function* readFromGit<Name extends string, Parsed, Value>(
  { git }: Pick<Ports, "git">,
  { history, metrics }: ModelOnSite,
  versions: ModelHistory["versions"],
  { files, parse, describe }: VersionReading<Name, Parsed, Value>,
): AsyncGenerator<readonly [string, Value]> {
  const batches = batchesOf(history, versions);
  const contentsOf = ({ unread }: VersionBatch) => {
    const contents = git.read(
      unread.flatMap((treeId) => files.map((file) => `${treeId}:${file}.json`)),
      { once: true },
    );
    contents.catch(() => {}); // whoever waits for them is told
    return contents;
  };
  let parsed = new Map<string, Parsed>();
  let reading = batches.length === 0 ? null : contentsOf(batches[0]!);
  for (const [place, { versions: some, trees, unread }] of batches.entries()) {
    const contents = await reading!;
    // git reads the next ones meanwhile.
    const next = batches[place + 1];
    reading = next === undefined ? null : contentsOf(next);
    // Earlier versions are kept only as long as they are parents.
    parsed = new Map([...parsed].filter(([treeId]) => trees.has(treeId)));
    for (const [i, treeId] of unread.entries()) {
      const texts: FileTexts<Name> = {};
      for (const [j, file] of files.entries()) {
        const bytes = contents[i * files.length + j];
        texts[file] = bytes ? decodeText(bytes) : null;
      }
      parsed.set(treeId, parse(texts, { ...metrics.get(treeId) }));
    }
    for (const { treeId, parent } of some) {
      yield [treeId, describe(parsed.get(treeId)!, (parent === null ? null : parsed.get(parent)) ?? null)];
    }
  }
}

interface VersionBatch {
  readonly versions: ModelHistory["versions"];
  /** Tree ids of the versions and of their parents. */
  readonly trees: ReadonlySet<string>;
  /** Those that the batch before does not have. */
  readonly unread: readonly string[];
}

function batchesOf(history: ModelHistory, versions: ModelHistory["versions"]): readonly VersionBatch[] {
  const known = new Set(history.versions.map(({ treeId }) => treeId));
  const batches: VersionBatch[] = [];
  for (let start = 0; start < versions.length; start += BATCH) {
    const some = versions.slice(start, start + BATCH);
    const parents = some.flatMap(({ parent }) => (parent !== null && known.has(parent) ? [parent] : []));
    const trees = new Set([...parents, ...some.map(({ treeId }) => treeId)]);
    const before = batches.at(-1)?.trees;
    batches.push({ versions: some, trees, unread: [...trees].filter((treeId) => before?.has(treeId) !== true) });
  }
  return batches;
}
