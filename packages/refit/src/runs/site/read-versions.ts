import type { ModelHistory } from "@refit/core/history";
import type { DriftOnSite, VersionFacts } from "@refit/core/report";
import {
  driftOfVersion,
  factsOfVersion,
  openData,
  type TrainedData,
  type OpenedVersion,
  openVersion,
} from "@refit/site";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { decodeText } from "../../text.ts";
import { addLines, recallLines } from "../../versions/kept-lines.ts";
import type { KnownHistory } from "../../versions/model-history.ts";

type ModelOnSite = Pick<KnownHistory, "history" | "metrics">;
type FileTexts<Name extends string> = Partial<Record<Name, string | null>>;

/** Something that the files of a version say, beside those of its parent. */
interface VersionReading<Name extends string, Opened, Said> {
  /** Where it is kept: a version never changes. */
  readonly cache: string;
  /** Without `.json`. */
  readonly files: readonly Name[];
  open(texts: FileTexts<Name>, metrics: Readonly<Record<string, number>>): Opened;
  say(version: Opened, parent: Opened | null): Said;
}

/** What the pages say of versions. @param models all of them. @param treeIds of the versions that are asked for. */
export function readVersionFacts(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  models: readonly ModelOnSite[],
  treeIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, VersionFacts>> {
  const reading: VersionReading<"lineage" | "evaluation", OpenedVersion, VersionFacts> = {
    cache: "site/facts",
    files: ["lineage", "evaluation"],
    open: openVersion,
    say: factsOfVersion,
  };
  return readKept(ports, repository, { models, treeIds, reading });
}

/** How far the training data of versions are from those of their parents. @param models, treeIds as above */
export function readVersionDrift(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  models: readonly ModelOnSite[],
  treeIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly DriftOnSite[]>> {
  const reading: VersionReading<"profile" | "features", TrainedData, readonly DriftOnSite[]> = {
    cache: "site/drift",
    files: ["profile", "features"],
    open: openData,
    say: driftOfVersion,
  };
  return readKept(ports, repository, { models, treeIds, reading });
}

interface KeptQuestion<Name extends string, Opened, Said> {
  readonly models: readonly ModelOnSite[];
  readonly treeIds: ReadonlySet<string>;
  readonly reading: VersionReading<Name, Opened, Said>;
}

async function readKept<Name extends string, Opened, Said>(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  { models, treeIds, reading }: KeptQuestion<Name, Opened, Said>,
): Promise<ReadonlyMap<string, Said>> {
  const found = new Map<string, Said>();
  if (treeIds.size === 0) return found;
  const before = await recallLines(ports.files, repository, reading.cache);
  const fresh = new Map<string, Said>();
  for (const treeId of treeIds) {
    const kept = (before?.value(treeId) ?? null) as Said | null;
    if (kept !== null) found.set(treeId, kept);
  }
  for (const model of models) {
    const missing = model.history.versions.filter(({ treeId }) => treeIds.has(treeId) && !found.has(treeId));
    for await (const [treeId, said] of saidInGit(ports, model, missing, reading)) {
      found.set(treeId, said);
      fresh.set(treeId, said);
    }
  }
  if (fresh.size > 0) {
    await addLines(ports.files, repository, reading.cache, { commit: repository.baseCommit, before, values: fresh });
  }
  return found;
}

/** Versions that are read in one question to git. */
const together = 1_000;

async function* saidInGit<Name extends string, Opened, Said>(
  { git }: Pick<Ports, "git">,
  { history, metrics }: ModelOnSite,
  versions: ModelHistory["versions"],
  { files, open, say }: VersionReading<Name, Opened, Said>,
): AsyncGenerator<readonly [string, Said]> {
  const known = new Set(history.versions.map(({ treeId }) => treeId));
  let opened = new Map<string, Opened>();
  for (let start = 0; start < versions.length; start += together) {
    const some = versions.slice(start, start + together);
    const parents = some.flatMap(({ parent }) => (parent !== null && known.has(parent) ? [parent] : []));
    const trees = new Set([...parents, ...some.map(({ treeId }) => treeId)]);
    // Of the versions before only those that are parents here are kept.
    opened = new Map([...opened].filter(([treeId]) => trees.has(treeId)));
    const unread = [...trees].filter((treeId) => !opened.has(treeId));
    const contents = await git.read(unread.flatMap((treeId) => files.map((file) => `${treeId}:${file}.json`)));
    for (const [i, treeId] of unread.entries()) {
      const texts: FileTexts<Name> = {};
      for (const [j, file] of files.entries()) {
        const bytes = contents[i * files.length + j];
        texts[file] = bytes ? decodeText(bytes) : null;
      }
      opened.set(treeId, open(texts, { ...metrics.get(treeId) }));
    }
    for (const { treeId, parent } of some) {
      yield [treeId, say(opened.get(treeId)!, (parent === null ? null : opened.get(parent)) ?? null)];
    }
  }
}
